"""User rules: user_rules.py of hysds/mozart mozart/services/api_v01 and hysds/grq2 grq2/services/api_v01.

Bodies are JSON. Both parts' rules are in Mozart's cluster.
"""

import json
from datetime import datetime, timezone

from flask import request
from flask_restx import Resource, inputs

from hysds.utils import valid_index_pattern
from hysds_commons.action_utils import check_passthrough_query

LONGEST_SECONDS = 7 * 86400
REQUIRED = ("rule_name", "workflow", "job_spec", "query_string", "queue")


class Refused(Exception):
    """What is wrong with a rule, the status that says so, and what else the answer has."""

    def __init__(self, message, status=400, **more):
        super().__init__(message)
        self.status, self.more = status, more


def moment():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def check_json(data, name, message):
    try:
        json.loads(data[name])
    except (ValueError, TypeError):
        raise Refused(message) from None


def checked(data):
    """Fields of a rule that are there, checked; both names of its action."""
    if len(data.get("rule_name") or "") > 64:
        raise Refused("rule_name needs to be less than 64 characters", result=None)
    rule = {name: data[name] for name in (*REQUIRED, "kwargs") if data.get(name)}
    if "workflow" in rule:
        rule["job_type"] = rule["workflow"]
    if "query_string" in rule:
        check_json(rule, "query_string", "invalid elasticsearch query JSON")
    if "kwargs" in rule:
        check_json(rule, "kwargs", "invalid JSON: kwargs")
    if data.get("priority"):
        rule["priority"] = int(data["priority"])
    if data.get("tags") is not None:
        rule["tags"] = [data["tags"]] if isinstance(data["tags"], str) else data["tags"]
    if data.get("enable_dedup") is not None:
        try:
            rule["enable_dedup"] = inputs.boolean(data["enable_dedup"])
        except ValueError as error:
            raise Refused(str(error)) from None
    for name in ("time_limit", "soft_time_limit"):
        seconds = data.get(name)
        if seconds is not None and not (isinstance(seconds, int) and 0 < seconds <= LONGEST_SECONDS):
            raise Refused("time_limit must be between 0 and 604800 (sec)")
        if name in data:
            rule[name] = seconds
    if "disk_usage" in data:
        rule["disk_usage"] = data["disk_usage"]
    return rule


class Rules:
    """Rules of one part in Mozart's cluster."""

    def __init__(self, search, index, actions, has_pattern):
        self.search, self.index, self.actions, self.has_pattern = search, index, actions, has_pattern

    def found(self, data):
        """The rule of an id or a name, with its document's own fields."""
        identity, name = data.get("id"), data.get("rule_name")
        if identity:
            hit = self.search.get_by_id(index=self.index, id=identity, ignore=404)
            hits = [hit] if hit.get("found", False) else []
        elif name:
            answer = self.search.search(index=self.index, q=f"rule_name:{name}", ignore=404)
            hits = answer.get("hits", {}).get("hits", [])
        else:
            raise Refused("Must specify id or rule_name in the request")
        if not hits:
            raise Refused(f"rule {identity or name} not found", 404)
        return flat(hits[0])

    def all(self):
        return [flat(hit) for hit in self.search.query(index=self.index)]

    def pattern(self, data):
        if not self.has_pattern:
            return {}
        pattern = (data.get("index_pattern") or "").strip()
        if not valid_index_pattern(pattern):
            raise Refused("index pattern is too broad")
        return {"index_pattern": pattern} if pattern else {}

    def action(self, identity, status):
        found = self.search.get_by_id(index=self.actions, id=identity, ignore=404)
        if found.get("found", False) is False:
            raise Refused(f"{identity} not found", status)
        return found["_source"]

    def create(self, data):
        missing = [name for name in REQUIRED if not data.get(name)]
        if missing:
            raise Refused(f"Params not specified: {', '.join(missing)}", result=None)
        rule = checked(data)
        same = {"query": {"term": {"rule_name": rule["rule_name"]}}}
        if self.search.get_count(index=self.index, body=same) > 0:
            raise Refused(f"user rule already exists: {rule['rule_name']}", 409)
        params = self.action(rule["workflow"], 400)["params"]
        document = {
            "priority": 0,
            "username": "ops",
            "kwargs": "{}",
            "enabled": True,
            "passthru_query": check_passthrough_query(params),
            "query_all": False,
            "modified_time": moment(),
            "creation_time": moment(),
            "tags": [],
            **{name: value for name, value in rule.items() if value is not None},
            **self.pattern(data),
        }
        return self.search.index_document(index=self.index, body=document, refresh=True)

    def change(self, data):
        if data.get("workflow"):
            self.action(data["workflow"], 404)
        identity = self.found(data)["_id"]
        rule = checked(data)
        enabled = data.get("enabled")
        if enabled is not None:
            rule["enabled"] = enabled.lower() != "false" if isinstance(enabled, str) else enabled
        if self.has_pattern and "index_pattern" in data:
            rule = {**rule, "index_pattern": None, **self.pattern(data)}
        rule["modified_time"] = moment()
        body = {"doc_as_upsert": True, "doc": rule}
        self.search.update_document(index=self.index, id=identity, body=body, refresh=True)
        return identity, rule

    def remove(self, data):
        """By id, or all of a name. What is not there is no error."""
        if data.get("id"):
            self.search.delete_by_id(index=self.index, id=data["id"], ignore=404)
        elif data.get("rule_name"):
            query = {"query": {"match": {"rule_name": data["rule_name"]}}}
            self.search.es.delete_by_query(index=self.index, body=query, ignore=404)
        else:
            raise Refused("Must specify id or rule_name in the request")


def flat(hit):
    rule = {**hit, **hit["_source"]}
    rule.pop("_source")
    return rule


def add_rules(namespace, path, rules):
    """The resource of rules at a path of a namespace."""

    class UserRules(Resource):
        def dispatch_request(self, *arguments, **options):
            try:
                return super().dispatch_request(*arguments, **options)
            except Refused as refused:
                return {"success": False, "message": str(refused), **refused.more}, refused.status

        def get(self):
            if request.args.get("id") or request.args.get("rule_name"):
                return {"success": True, "rule": rules.found(request.args)}
            return {"success": True, "rules": rules.all()}

        def post(self):
            result = rules.create(request.json or request.form)
            return {"success": True, "message": "rule created", "result": result}

        def put(self):
            identity, updated = rules.change(request.json or request.form)
            return {"success": True, "id": identity, "updated": updated}

        def delete(self):
            rules.remove(request.args)
            name = "id" if request.args.get("id") else "rule_name"
            return {"success": True, "message": "user rule deleted", name: request.args[name]}

    namespace.add_resource(UserRules, path, endpoint="user-rules")
