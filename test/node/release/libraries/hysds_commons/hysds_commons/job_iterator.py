"""Jobs on demand for what a query finds: hysds/hysds_commons hysds_commons/job_iterator.py."""

import logging

from hysds.celery import app
from hysds.es_util import get_grq_es, get_mozart_es
from hysds_commons.job_utils import submit_mozart_job

logger = logging.getLogger("job-iterator")

mozart_es = get_mozart_es()
grq_es = get_grq_es()

SORT = ["@timestamp:desc", "id.keyword:asc"]


def iterate(component, rule):
    """Submits a job for each hit, or one for all. Raises when any could not be submitted."""
    of_jobs = component in ("mozart", "figaro")
    index = app.conf["STATUS_ALIAS" if of_jobs else "DATASET_ALIAS"]
    query = rule["query"] if "query" in rule.get("query", {}) else {"query": rule["query"]}
    rule["query"] = query
    actions = app.conf.get(
        "HYSDS_IOS_MOZART" if of_jobs else "HYSDS_IOS_GRQ",
        "hysds_ios-mozart" if of_jobs else "hysds_ios-grq",
    )
    action = mozart_es.get_by_id(index=actions, id=rule["job_type"])["_source"]
    default = "individual" if rule.get("passthru_query", False) else "iteration"
    single = action.get("submission_type", default) == "individual"
    hits = [{"_id": "Transient Faux-Results"}]
    if not single or any(param["from"].startswith("dataset_jpath") for param in action["params"]):
        hits = (mozart_es if of_jobs else grq_es).query(index=index, body=query, sort=SORT)
    if rule.get("enable_dedup") is None:
        rule["enable_dedup"] = action.get("enable_dedup", True)
    name = rule["job_type"].removeprefix("hysds-io-")
    failures = []
    for product in [hits] if single else hits:
        suffix = "single_submission" if single else product.get("_id", "unknown")
        try:
            submit_mozart_job(product, rule, action, job_name=f"{name}-{suffix}")
        except Exception as error:
            logger.warning("a job could not be submitted", exc_info=True)
            failures.append(str(error))
    if failures:
        raise Exception(f"{len(failures)} of {len(hits)} jobs could not be submitted: {failures}")
