"""Leaves a sign of life of each Celery node for probe.py; a worker loads it by `--include worker_heartbeat`."""

import os
from pathlib import Path

from celery.signals import heartbeat_sent

DIRECTORY = Path(os.environ["HYSDS_HEARTBEAT_DIRECTORY"])


@heartbeat_sent.connect
def leave_sign_of_life(sender, **_):
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    (DIRECTORY / sender.eventer.hostname).touch()
