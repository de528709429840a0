"""Tasks that call a function: hysds/hysds hysds/task_worker.py.

Each makes `tasks` below ROOT_WORK_DIR and works there, so that every worker of such a queue needs a writable one.
"""

import json
import os
import socket

import requests

from hysds.celery import app
from hysds.facts import INSTANCE_DATA, get_facts
from hysds.log_utils import logger, now
from hysds.orchestrator import get_function
from hysds.redis_pools import retried
from hysds.utils import makedirs


def ask_instance():
    """The original asks the instance's metadata service for its zone and type, a second each."""
    for path in ("placement/availability-zone", "instance-type"):
        try:
            requests.get(f"{INSTANCE_DATA}/{path}", timeout=1)
        except requests.RequestException:
            pass


@app.task
def run_task(payload):
    facts = get_facts()
    ask_instance()
    directory = os.path.join(app.conf.ROOT_WORK_DIR, "tasks")
    makedirs(directory)
    os.chdir(directory)
    try:
        arguments, options = payload.get("args", []), payload.get("kwargs", {})
        function = get_function(payload["function"], payload.get("sys_path"))
        logger.info("task type: %s", payload["type"])
        logger.info("function to run: %s", payload["function"])
        logger.info("args: %s", arguments)
        logger.info("kwargs: %s", json.dumps(options, indent=2))
        logger.info("task started: %s", now())
        logger.info("result: %s", function(*arguments, **options))
    finally:
        logger.info("task finished: %s", now())
    return f"https://{facts['hysds_public_ip']}:{app.conf.WEBDAV_PORT}/tasks"


@retried(socket.error)
def do_submit_task(payload, queue):
    return run_task.apply_async((payload,), queue=queue)
