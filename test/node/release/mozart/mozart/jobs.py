"""Jobs and queues: hysds/mozart mozart/services/api_v01/jobs.py, and paths of api_v02 with the id in them."""

import json

from flask_restx import Namespace, Resource, fields

import hysds_commons.job_utils as job_utils
from hysds_commons.queue_utils import get_all_queues
from hysds_commons.rest import answer, refusal
from hysds_commons.rest.specifications import given
from mozart import app, mozart_es

JOBS = app.config["JOB_STATUS_INDEX"]


def found(identity, **request_options):
    return mozart_es.search_by_id(index=JOBS, id=identity, ignore=404, **request_options)


def parsed(name, default):
    text = given(name)
    try:
        return default if text is None else json.loads(text)
    except ValueError:
        raise ValueError(f"Failed to parse input {name}. '{text}' is malformed") from None


def positive(name):
    text = given(name)
    if text is not None and int(text) < 1:
        raise ValueError(f"{name} must be greater than 0")
    return text if text is None else int(text)


def submitted():
    """Resolves and queues what a request asks for; returns its id and tags."""
    flag = (given("enable_dedup") or "true").strip().lower()
    if flag not in ("true", "false"):
        raise ValueError(f"Invalid value for param 'enable_dedup': {flag}")
    tags = parsed("tags", None)
    job = job_utils.resolve_hysds_job(
        given("type"),
        given("queue"),
        int(given("priority") or 0),
        tags,
        parsed("params", {}),
        username=given("username"),
        job_name=given("name"),
        payload_hash=given("payload_hash"),
        enable_dedup=flag == "true",
        soft_time_limit=positive("soft_time_limit"),
        time_limit=positive("time_limit"),
        disk_usage=given("disk_usage"),
        publish_overwrite_ok=given("publish_overwrite_ok") or False,
    )
    return job_utils.submit_hysds_job(job), tags


def job_namespace(id_in_path):
    """Jobs; in the second version, the id may be in the path."""
    namespace = Namespace("job")
    ids = answer(namespace, "ids", result=fields.List(fields.String))
    accepted = answer(namespace, "accepted", result=fields.String, tags=fields.Raw)
    state = answer(namespace, "state", status=fields.String)
    whole = answer(namespace, "whole", result=fields.Raw)

    class Ids(Resource):
        @namespace.marshal_with(ids)
        def get(self):
            hits = mozart_es.query(index=JOBS, _source=False)
            return {"success": True, "message": "", "result": sorted(hit["_id"] for hit in hits)}

    class Submit(Resource):
        @namespace.marshal_with(accepted)
        def post(self):
            try:
                identity, tags = submitted()
            except Exception as error:
                message = f"Failed to submit job. {type(error)}:{error}"
                app.logger.error(message)
                return refusal(message, 500)
            return {"success": True, "message": "", "result": identity, "tags": tags}

    class Status(Resource):
        @namespace.marshal_with(state)
        def get(self, _id=None):
            identity = _id or given("id")
            if identity is None:
                return refusal("id not supplied")
            job = found(identity, _source=["status"])
            if job["found"] is False:
                return refusal(f"job status not found: {identity}", 404)
            return {"success": True, "message": "", "status": job["_source"]["status"]}

    class Info(Resource):
        @namespace.marshal_with(whole)
        def get(self, _id=None):
            identity = _id or given("id")
            if identity is None:
                return refusal("id must be supplied (as query param or url param)")
            job = found(identity)
            if job["found"] is False:
                return refusal(f"job info not found: {identity}", 404)
            return {"success": True, "message": "", "result": job["_source"]}

    class Products(Resource):
        def get(self, _id):
            job = found(_id)
            if job["found"] is False:
                return refusal(f"Job id not found: {_id}", 404)
            status = job["_source"]["status"]
            if status not in ("job-failed", "job-completed"):
                return {"success": False, "message": "job has not been completed"}
            metrics = job["_source"].get("job", {}).get("job_info", {}).get("metrics", {})
            return {"success": True, "message": status, "results": metrics.get("products_staged", [])}

    namespace.add_resource(Ids, "/list", endpoint="job-list")
    namespace.add_resource(Submit, "/submit", endpoint="job-submit")
    for resource, path in ((Status, "/status"), (Info, "/info")):
        paths = (path, f"{path}/<_id>") if id_in_path else (path,)
        namespace.add_resource(resource, *paths, endpoint=f"job-{path[1:]}")
    if not id_in_path:
        namespace.add_resource(Products, "/products/<_id>", endpoint="products")
    return namespace


def queues_for(job_type):
    """Queues that people may name, and those that a job type asks for."""
    visible = set(get_all_queues(app.config["RABBITMQ_ADMIN_API"])) - set(app.config["PROTECTED_QUEUES"])
    kind = {}
    try:
        kind = mozart_es.get_by_id(index="job_specs", id=job_type, ignore=404).get("_source", {})
    except Exception as error:
        app.logger.warning("no job type %s: %s", job_type, error)
    named = set()
    for name in ("required", "recommended"):
        named |= set(kind.get(f"{name}-queues", kind.get(f"{name}_queues", [])))
    return {"queues": sorted(visible | named), "recommended": sorted(named)}


def queue_namespace():
    namespace = Namespace("queue")
    listed = answer(namespace, "queues", result=fields.Raw)

    class Queues(Resource):
        @namespace.marshal_with(listed)
        def get(self):
            try:
                return {"success": True, "message": "", "result": queues_for(given("id"))}
            except Exception as error:
                app.logger.warning("queues", exc_info=True)
                return refusal(f"Failed to list job queues. {type(error)}:{error}", 500)

    namespace.add_resource(Queues, "/list", endpoint="queue-list")
    return namespace
