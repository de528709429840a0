import os
import time

from hysds.celery import app


@app.task(bind=True)
def run_job(self, log, name, seconds):
    """A job that leaves signs of its begin and end in a file."""
    redelivered = self.request.delivery_info["redelivered"]
    _append(log, f"start {name} {os.getpid()} {'again' if redelivered else 'first'}")
    time.sleep(seconds)
    _append(log, f"end {name}")
    return name


def _append(log, line):
    with open(log, "a") as file:
        file.write(line + "\n")
