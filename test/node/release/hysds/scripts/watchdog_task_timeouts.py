"""Tags tasks that have not ended for a day: hysds/hysds scripts/watchdog_task_timeouts.py."""

import job_utils

if __name__ == "__main__":
    job_utils.configure_logging("watchdog_task_timeouts")
    given = job_utils.options(interval=3600, timeout=86400)
    job_utils.watch(given, lambda: job_utils.tag_stuck("task_status-current", "task-started", given.timeout))
