"""Holds the rules of a job back until its last state can be read; the rule workers load it by `--include written_state`.

HySDS asks the rules as soon as a job has ended, and a rule may ask for `job-completed`. But that state goes by a Redis
list and Logstash, which looks at an empty list every quarter of a second: of 12 jobs, 7 were found in the state before,
and their rules said nothing. hysds.es_util.assert_doc_settled waits for what was written to be searchable, not for
what is still on its way.
"""

import logging
import time

from celery.signals import task_prerun
from hysds.es_util import get_mozart_es
from hysds.task_worker import run_task

logger = logging.getLogger(__name__)

KIND = "user_rules_job"
# Rules are asked only after a state that follows these was sent.
UNFINISHED = ("job-queued", "job-started")
POLL_SECONDS = 0.2
# HySDS asks anyway after that: a failure that a worker could not report is looked for where it is not written.
LONGEST_SECONDS = 60


def is_written(index, job):
    """Whether the last state of a job is in the index. Reading by id sees what a search does not see yet."""
    found = get_mozart_es().es.get(index=index, id=job, _source=["status"], ignore=[404])
    return found.get("_source", {}).get("status", UNFINISHED[0]) not in UNFINISHED


def wait_until_written(index, job):
    deadline = time.monotonic() + LONGEST_SECONDS
    while not is_written(index, job):
        if time.monotonic() > deadline:
            logger.warning("The last state of job %s was not written to %s in %ds", job, index, LONGEST_SECONDS)
            return
        time.sleep(POLL_SECONDS)


@task_prerun.connect(sender=run_task)
def hold_back(args=(), **_):
    payload = args[0] if args else {}
    index = payload.get("kwargs", {}).get("index")
    # Without an index HySDS asks an alias, which reading by id does not take.
    if payload.get("type") == KIND and index:
        wait_until_written(index, payload["args"][0])
