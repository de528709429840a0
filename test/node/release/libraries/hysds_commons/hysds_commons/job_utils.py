"""Job requests made of specifications: hysds/hysds_commons hysds_commons/job_utils.py."""

import json
import os
import pwd

from hysds.es_util import get_mozart_es
from hysds.orchestrator import do_submit_job
from hysds_commons.log_utils import logger
from hysds_commons.parameters import converted, quoted, submission_params, to_localize

mozart_es = get_mozart_es()

JOBS_QUEUE = "jobs_processed"


def get_username():
    """Name of this process's user, or None where the image does not name it."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return None


def get_hysds_io_params(job_type):
    """Parameters by name of the action of a job type, GRQ's before Mozart's. Raises ValueError without one."""
    name = job_type.replace("job", "hysds-io", 1)
    for index in ("hysds_ios-grq", "hysds_ios-mozart"):
        action = mozart_es.get_by_id(index=index, id=name, ignore=[404])
        if action["found"]:
            return {param["name"]: param for param in action["_source"]["params"]}
    raise ValueError(f"hysds-ios not found: {name}")


def resolve_mozart_job(product, rule, hysdsio=None, queue=None, component=None):
    """What would be submitted to Mozart for a rule and the document, or documents, that it matched."""
    if hysdsio is None and component is None:
        raise RuntimeError("neither a hysds-io nor a component that has it")
    if rule["priority"] is not None:
        rule["priority"] = int(rule["priority"])
    if hysdsio is None:
        index = "hysds_ios-grq" if component.lower() in ("tosca", "grq") else "hysds_ios-mozart"
        hysdsio = mozart_es.get_by_id(index=index, id=rule["job_type"])["_source"]
    rule["name"] = rule["rule_name"]
    params = submission_params(hysdsio, json.loads(rule["kwargs"]), rule, product)
    return {
        "queue": rule["queue"] if queue is None else queue,
        "priority": rule["priority"],
        "soft_time_limit": rule.get("soft_time_limit"),
        "time_limit": rule.get("time_limit"),
        "disk_usage": rule.get("disk_usage"),
        "type": hysdsio["job-specification"],
        "tags": json.dumps([rule["rule_name"], hysdsio["id"]]),
        "username": rule.get("username", get_username()),
        "enable_dedup": rule.get("enable_dedup", True),
        "params": json.dumps(params),
    }


def routed(specification, params, actions):
    """Positional arguments, context and downloads: where each parameter of a specification goes.

    Raises RuntimeError for one that is neither given nor has a default nor is optional.
    """
    positional, context, localize = [], {}, specification.get("localize_urls", [])
    for param in specification.get("params", []):
        name = param["name"]
        action = actions.get(name, {})
        if name in params:
            value = params[name]
        elif action.get("default") is not None:
            value = converted(action, action["default"])
        elif action.get("optional", False):
            continue
        else:
            raise RuntimeError(f"params must specify '{name}' parameter")
        param["value"] = value
        destination = param.get("destination", "unknown")
        if destination == "localize":
            localize += to_localize(value)
        elif destination in ("positional", "context"):
            context[name] = value
            if destination == "positional":
                positional.append(value)
    return positional, context, localize


def resolve_hysds_job(
    job_type=None,
    queue=None,
    priority=None,
    tags=None,
    params=None,
    job_name=None,
    payload_hash=None,
    enable_dedup=True,
    username=None,
    soft_time_limit=None,
    time_limit=None,
    disk_usage=None,
    publish_overwrite_ok=False,
):
    """The request that the orchestrator takes. Raises RuntimeError for what is missing in it."""
    if job_type is None:
        raise RuntimeError("'type' must be supplied in request")
    if queue is None:
        raise RuntimeError("'queue' must be supplied in request")
    params = json.loads(params) if isinstance(params, str) else params or {}
    specification = mozart_es.get_by_id(index="job_specs", id=job_type)["_source"]
    actions = get_hysds_io_params(job_type)
    container = mozart_es.get_by_id(index="containers", id=specification.get("container"))["_source"]
    positional, context, localize = routed(specification, params, actions)
    command = [] if specification.get("command") is None else [specification["command"]]
    disk_usage = specification.get("disk_usage") if disk_usage is None else disk_usage
    job = {
        "job_type": f"job:{job_type}",
        "job_queue": queue,
        "container_image_url": container.get("url"),
        "container_image_urls": container.get("urls"),
        "container_image_name": container.get("id"),
        "container_mappings": specification.get("imported_worker_files", {}),
        "runtime_options": specification.get("runtime_options", {}),
        "time_limit": specification.get("time_limit") if time_limit is None else time_limit,
        "soft_time_limit": specification.get("soft_time_limit")
        if soft_time_limit is None
        else soft_time_limit,
        "disk_usage": disk_usage,
        "enable_dedup": enable_dedup,
        "publish_overwrite_ok": publish_overwrite_ok,
        "payload": {
            "_command": " ".join(command + [quoted(value) for value in positional]),
            "localize_urls": localize,
            "_disk_usage": disk_usage,
            "job_specification": specification,
            "container_specification": container,
        },
    }
    optional = {
        "job_name": job_name,
        "priority": priority,
        "payload_hash": payload_hash,
        "username": username,
        "tags": json.loads(tags) if isinstance(tags, str) else tags,
    }
    job.update({name: value for name, value in optional.items() if value is not None})
    if job.get("tags"):
        job["tag"] = job["tags"][0]
    job["payload"] = {**context, **job["payload"]}
    if "tag" in job:
        job["payload"].setdefault("tag", job["tag"])
    return job


def submit_hysds_job(job):
    """Queues a request for the orchestrator; returns its id, which is the job's."""
    logger.info("Submitting job:\n%s", json.dumps(job, indent=2))
    return do_submit_job(job, JOBS_QUEUE).id


def submit_mozart_job(
    product, rule, hysdsio=None, queue=None, job_name=None, payload_hash=None, component=None
):
    """Queues the job of a rule: what a `user_rules_trigger` task runs."""
    resolved = resolve_mozart_job(product, rule, hysdsio, queue, component=component)
    job_type = resolved.pop("type")
    return submit_hysds_job(
        resolve_hysds_job(job_type, job_name=job_name, payload_hash=payload_hash, **resolved)
    )
