"""Queues by the broker's management API: hysds/hysds_commons hysds_commons/queue_utils.py.

Credentials are those of the URL or of ~/.netrc; certificates are not verified.
"""

import requests

from hysds.celery import app

OWN_QUEUES = [
    app.conf[f"{name}_QUEUE"]
    for name in (
        "JOBS_PROCESSED",
        "USER_RULES_JOB",
        "DATASET_PROCESSED",
        "USER_RULES_DATASET",
        "USER_RULES_TRIGGER",
        "ON_DEMAND_DATASET",
        "ON_DEMAND_JOB",
        "PROCESS_EVENTS_TASKS",
    )
]


def get_all_queues(management_url):
    """Names of the queues that are neither HySDS's own nor Celery's."""
    answer = requests.get(f"{management_url.rstrip('/')}/api/queues", verify=False)
    answer.raise_for_status()
    names = [queue["name"] for queue in answer.json()]
    return [name for name in names if not name.startswith("celery") and name not in OWN_QUEUES]
