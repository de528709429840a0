"""Tags workers whose heartbeats stopped: hysds/hysds scripts/watchdog_worker_timeouts.py."""

import job_utils

if __name__ == "__main__":
    job_utils.configure_logging("watchdog_worker_timeouts")
    given = job_utils.options(interval=120, timeout=60)
    job_utils.watch(
        given, lambda: job_utils.tag_stuck("worker_status-current", "worker-heartbeat", given.timeout)
    )
