"""Rules for datasets: hysds/hysds hysds/user_rules_dataset.py. They are in Mozart's cluster, datasets in GRQ's."""

import socket

import hysds
from hysds.celery import app
from hysds.es_util import assert_doc_settled, get_grq_es
from hysds.redis_pools import retried
from hysds.user_rules import enabled_rules, matching, trigger_payload
from hysds.utils import valid_index_pattern


@retried(Exception)
def ensure_dataset_indexed(identity, of_version, alias):
    assert_doc_settled(get_grq_es(), alias, identity, [of_version])


def index_of(rule):
    pattern = (rule.get("index_pattern") or "").strip()
    return pattern if pattern and valid_index_pattern(pattern) else app.conf.DATASET_ALIAS


def evaluate_user_rules_dataset(objectid, system_version, alias=None):
    """Queues a trigger for each rule that the dataset's document matches."""
    of_version = {"term": {"system_version.keyword": system_version}}
    ensure_dataset_indexed(objectid, of_version, alias or app.conf.DATASET_ALIAS)
    rules = enabled_rules(app.conf.USER_RULES_DATASET_INDEX)
    for rule, hit in matching(get_grq_es(), rules, objectid, [of_version], index_of):
        name = rule["job_type"].removeprefix("hysds-io-")
        queue_dataset_trigger(hit, rule, f"{name}-{objectid}")
    return True


@retried(socket.error)
def queue_dataset_evaluation(info):
    payload = {
        "type": "user_rules_dataset",
        "function": "hysds.user_rules_dataset.evaluate_user_rules_dataset",
        "args": [info["id"], info["system_version"]],
    }
    hysds.task_worker.run_task.apply_async((payload,), queue=app.conf.USER_RULES_DATASET_QUEUE)


@retried(socket.error)
def queue_dataset_trigger(hit, rule, job_name):
    payload = trigger_payload(hit, rule, job_name, "grq")
    hysds.task_worker.run_task.apply_async((payload,), queue=app.conf.USER_RULES_TRIGGER_QUEUE)
