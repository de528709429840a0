"""Jobs on demand: jobs.py of hysds/mozart mozart/services/api_v01 and hysds/grq2 grq2/services/api_v01."""

import json

from flask import request
from flask_restx import Resource

from hysds.task_worker import do_submit_task
from hysds_commons.action_utils import check_passthrough_query
from hysds_commons.rest import refusal

SOURCE = ["id", "job-specification", "label", "job-version"]


class OnDemand:
    """Actions of one part, and the queue on which its requests wait."""

    def __init__(self, search, component, queue, indices, user):
        self.search, self.component, self.queue, self.user = search, component, queue, user
        self.actions, self.types = indices

    def listed(self):
        body = {"query": {"exists": {"field": "job-specification"}}}
        sort = "label.keyword:asc"
        hits = self.search.query(index=self.actions, body=body, _source=SOURCE, sort=sort)
        return [described(hit["_source"]) for hit in hits]

    def submit(self, data):
        try:
            query = json.loads(data.get("query"))
        except (ValueError, TypeError):
            return refusal("invalid JSON query")
        wanted = ("tags", "job_type", "hysds_io", "queue")
        if any(data.get(name) is None for name in wanted):
            return refusal("missing field: [tags, job_type, hysds_io, queue, query]")
        action = self.search.get_by_id(index=self.actions, id=data["hysds_io"], ignore=404)
        if action["found"] is False:
            return refusal(f"{data['hysds_io']} not found", 404)
        rule = {
            "username": self.user,
            "workflow": data["hysds_io"],
            "priority": int(data.get("priority", 0)),
            "enabled": True,
            "job_type": data["job_type"],
            "rule_name": data["tags"],
            "kwargs": data.get("kwargs", "{}"),
            "query_string": json.dumps(query),
            "query": query,
            "passthru_query": check_passthrough_query(action["_source"]["params"]),
            "query_all": False,
            "queue": data["queue"],
        }
        for name in ("time_limit", "soft_time_limit", "disk_usage", "enable_dedup"):
            if data.get(name) is not None:
                rule[name] = data[name]
        payload = {
            "type": "job_iterator",
            "function": "hysds_commons.job_iterator.iterate",
            "args": [self.component, rule],
        }
        task = do_submit_task(payload, self.queue)
        return {"success": True, "message": "task submitted successfully", "result": task.id}

    def params(self, job_type):
        if not job_type:
            return refusal("job_type not provided")
        query = {"query": {"term": {"job-specification.keyword": job_type}}}
        hits = self.search.search(index=self.actions, body=query)["hits"]["hits"]
        kind = self.search.get_by_id(index=self.types, id=job_type, ignore=404)
        if not hits or kind.get("found", False) is False:
            return refusal(f"{job_type} not found", 404)
        action = hits[0]["_source"]
        limits = {name: kind["_source"][name] for name in ("time_limit", "soft_time_limit", "disk_usage")}
        return {
            "success": True,
            "submission_type": action.get("submission_type"),
            "hysds_io": action["id"],
            "params": [param for param in action["params"] if param["from"] == "submitter"],
            "enable_dedup": action.get("enable_dedup", True),
            **limits,
        }


def described(action):
    return {
        "hysds_io": action["id"],
        "job_spec": action["job-specification"],
        "version": action["job-version"],
        "label": action.get("label", action["job-specification"]),
    }


def add_on_demand(namespace, paths, on_demand):
    """Resources for requests and for the parameters of a job type."""

    class Requests(Resource):
        def get(self):
            return {"success": True, "result": on_demand.listed()}

        def post(self):
            return on_demand.submit(request.json or request.form)

    class Parameters(Resource):
        def get(self):
            return on_demand.params(request.args.get("job_type"))

    namespace.add_resource(Requests, paths[0], endpoint="on-demand")
    namespace.add_resource(Parameters, paths[1], endpoint="job-params")
