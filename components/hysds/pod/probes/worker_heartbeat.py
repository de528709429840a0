"""Leaves a sign of life of each Celery node for probe.py; a worker loads it by `--include worker_heartbeat`.

A node's file is named by its place in the pod, which a restart does not change, and holds its name, which for job
workers is new at each start. So a node that died without a word is known to its successor, which says it offline:
HySDS then stops to take it for alive, and runs its job again.
"""

import os
from pathlib import Path

from celery.signals import heartbeat_sent, worker_ready

FILE = Path(os.environ["HYSDS_HEARTBEAT_DIRECTORY"], os.environ.get("HYSDS_WORKER_SLOT", "00"))


@worker_ready.connect
def succeed(sender, **_):
    FILE.parent.mkdir(parents=True, exist_ok=True)
    predecessor = FILE.read_text() if FILE.exists() else ""
    if predecessor not in ("", sender.hostname):
        with sender.app.events.default_dispatcher(hostname=predecessor) as dispatcher:
            dispatcher.send("worker-offline")
    FILE.write_text(sender.hostname)


@heartbeat_sent.connect
def leave_sign_of_life(sender, **_):
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.touch()
