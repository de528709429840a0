"""Locks that keep a job from running twice: hysds/hysds hysds/lock.py.

A Redlock with a record of its holder beside it, renewed by a thread. A lock whose record has missed
JOB_LOCK_STALE_CHECK_RETRIES heartbeats is broken, whoever holds it; whoever finds a younger one waits for that long.
"""

import json
import threading
import time

from pottery import Redlock

from hysds.celery import app
from hysds.log_utils import logger
from hysds.redis_pools import redis


def setting(name, default):
    return app.conf.get(f"JOB_LOCK_{name}", default)


class JobLock:
    def __init__(self, payload_id, task_id, worker):
        self.payload_id, self.task_id, self.worker = payload_id, task_id, worker
        self.key = f"job-lock-{payload_id}"
        self.record_key = f"job-lock-metadata-{payload_id}"
        self.redis = redis()
        self.expires = setting("EXPIRE_TIME", 600)
        self.locker = None
        self.ending = threading.Event()

    def record(self):
        """What the holder wrote, or None."""
        text = self.redis.get(self.record_key)
        return json.loads(text) if text else None

    def write(self, record):
        self.redis.setex(self.record_key, self.expires, json.dumps(record))

    def acquire(self, wait_time):
        """Whether this job has the lock, seconds later at most."""
        self.locker = Redlock(
            key=self.key,
            masters={self.redis},
            auto_release_time=self.expires,
            num_extensions=setting("MAX_EXTENSIONS", 4320),
        )
        if not self.locker.acquire(timeout=wait_time):
            return False
        moment = time.time()
        self.write(
            {
                "task_id": self.task_id,
                "worker": self.worker,
                "acquired_at": moment,
                "last_renewed_at": moment,
            }
        )
        return True

    def start_heartbeat(self):
        threading.Thread(target=self.beat, daemon=True).start()

    def beat(self):
        failures = 0
        while not self.ending.wait(setting("HEARTBEAT_INTERVAL", 30)):
            try:
                self.locker.extend()
                record = self.record()
                if record:
                    self.write({**record, "last_renewed_at": time.time()})
                failures = 0
            except Exception as error:
                logger.error("lock of %s cannot be renewed: %s", self.payload_id, error)
                failures += 1
                if failures >= setting("HEARTBEAT_MAX_FAILURES", 3):
                    return

    def release(self):
        self.ending.set()
        if self.locker and self.locker.locked() > 0:
            self.locker.release()
        self.redis.delete(self.record_key)

    def break_lock(self):
        """Whether there was one."""
        broken = self.redis.delete(f"redlock:{self.key}") > 0
        self.redis.delete(self.record_key)
        logger.warning("lock of %s broken: %s", self.payload_id, broken)
        return broken

    def renewed_within(self, seconds, since):
        """Whether its holder renews it: a holder that lets go of it meanwhile does not."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            record = self.record()
            if record is None:
                return False
            if record.get("last_renewed_at", 0) > since:
                return True
            time.sleep(min(8, max(0.1, deadline - time.monotonic())))
        return False


def break_stale_lock(payload_id):
    """Whether a lock that nobody renews was in the way, and is no more."""
    lock = JobLock(payload_id, "check", "checker")
    record = lock.record()
    if record is None:
        orphan = lock.redis.exists(f"redlock:{lock.key}")
        return lock.break_lock() if orphan else False
    since = record.get("last_renewed_at", record.get("acquired_at", 0))
    stale_after = setting("HEARTBEAT_INTERVAL", 30) * setting("STALE_CHECK_RETRIES", 3)
    age = time.time() - since
    logger.info("lock of %s: held by %s, renewed %.0f s ago", payload_id, record, age)
    if age < stale_after:
        wait = stale_after - age + setting("REDELIVERY_BUFFER_TIME", 10)
        longest = setting("REDELIVERY_WAIT_MAX", None)
        if lock.renewed_within(wait if longest is None else min(wait, longest), since):
            return False
    return lock.break_lock()
