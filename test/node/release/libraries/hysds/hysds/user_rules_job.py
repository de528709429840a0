"""Rules for jobs: hysds/hysds hysds/user_rules_job.py."""

import socket

import hysds
from hysds.celery import app
from hysds.es_util import assert_doc_settled, get_mozart_es
from hysds.redis_pools import retried
from hysds.user_rules import enabled_rules, matching, trigger_payload

JOB_STATUS_ALIAS = "job_status-current"


@retried(Exception)
def ensure_job_indexed(job_id, alias):
    assert_doc_settled(get_mozart_es(), alias, job_id)


def value_at(path, document):
    value = document
    for part in path.replace("xpath.", "").split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def evaluate_user_rules_job(job_id, index=None):
    """Queues a trigger for each rule that the job's document matches."""
    index = index or JOB_STATUS_ALIAS
    ensure_job_indexed(job_id, index)
    rules = enabled_rules(app.conf.USER_RULES_JOB_INDEX)
    for rule, hit in matching(get_mozart_es(), rules, job_id, [], lambda _: index):
        name = rule.get("job_type", "").removeprefix("hysds-io-")
        path = rule.get("job_name_path", "")
        queue_job_trigger(hit, rule, f"{name}-{(path and value_at(path, hit)) or job_id}")
    return True


@retried(socket.error)
def queue_finished_job(_id, index=None):
    payload = {
        "type": "user_rules_job",
        "function": "hysds.user_rules_job.evaluate_user_rules_job",
        "args": [_id],
        "kwargs": {"index": index},
    }
    hysds.task_worker.run_task.apply_async((payload,), queue=app.conf.USER_RULES_JOB_QUEUE)


@retried(socket.error)
def queue_job_trigger(hit, rule, job_name):
    payload = trigger_payload(hit, rule, job_name, "mozart")
    hysds.task_worker.run_task.apply_async((payload,), queue=app.conf.USER_RULES_TRIGGER_QUEUE)
