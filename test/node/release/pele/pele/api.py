"""Datasets for people's programs: hysds/pele pele/controllers/api_v01/datasets.py and pele/lib/query.py."""

import traceback

from flask import Blueprint, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_restx import Api, Resource, fields

from hysds_commons.rest import answer

LARGEST = 10000

limiter = Limiter(key_func=get_remote_address)
services = Blueprint("api_v0-1", __name__, url_prefix="/api/v0.1")
api = Api(services, ui=False, version="0.1", title="Pele REST API")
test = api.namespace("test")
pele = api.namespace("pele")

PAGE = {name: fields.Integer for name in ("total", "count", "page_size", "offset")}


class Limited(Resource):
    decorators = [limiter.limit("10/second")]


def page():
    """Size and offset of a request. Raises RuntimeError for more than there may be."""
    config = current_app.config
    size = int(request.values.get("page_size", config["DEFAULT_PAGE_SIZE"]))
    offset = int(request.values.get("offset", 0))
    if size > config["MAX_PAGE_SIZE"]:
        raise RuntimeError(f"Maximum page size is {config['MAX_PAGE_SIZE']}.")
    if size + offset > LARGEST:
        raise RuntimeError("Elasticsearch does not allow page_size + offset to be > 10,000")
    return size, offset


def search(body, index=None):
    return current_app.search.search(index=index or current_app.config["ES_INDEX"], body=body)


def term(field, value):
    return {"term": {f"{field}.keyword": value}}


def values_of(field, query):
    """All values of a field, and the page of them that was asked for."""
    size, offset = page()
    terms = {"terms": {"field": f"{field}.keyword", "size": LARGEST}}
    found = search({"size": 0, "query": query, "aggs": {"values": terms}})
    values = [bucket["key"] for bucket in found["aggregations"]["values"]["buckets"]]
    return len(values), values[offset : offset + size]


def matching(must, source, index=None, sort=None):
    """Number and sources of what all the clauses find, within the times of the request."""
    size, offset = page()
    ranges = {"start_time": ("starttime", "gte"), "end_time": ("endtime", "lt")}
    given = (request.get_json() if request.method == "POST" else request.args) or {}
    for name, (field, bound) in ranges.items():
        if given.get(name) is not None:
            must = [*must, {"range": {field: {bound: given[name]}}}]
    body = {"query": {"bool": {"must": must}}, "_source": source, "from": offset, "size": size}
    found = search({**body, **({"sort": sort} if sort else {}), "track_total_hits": True}, index)["hits"]
    return found["total"]["value"], [hit["_source"] for hit in found["hits"]]


def paged(path, endpoint, key, find, element=fields.String, methods=("get",)):
    """A resource that answers with a page of what `find` finds, under a key."""
    shape = answer(pele, endpoint, **{key: fields.List(element)}, **PAGE)

    def respond(self, **names):
        try:
            total, found = find(**names)
            size, offset = page()
        except Exception as error:
            current_app.logger.error(traceback.format_exc())
            return {"success": False, "message": str(error)}, 500
        counts = {"total": total, "count": len(found), "page_size": size, "offset": offset}
        return {"success": True, key: found, **counts}

    handler = pele.marshal_with(shape)(respond)
    resource = type(endpoint, (Limited,), {method: handler for method in methods})
    pele.add_resource(resource, path, endpoint=endpoint)


def ids(field):
    def find(**names):
        total, found = matching([term(field, next(iter(names.values())))], ["id"])
        return total, [each["id"] for each in found]

    return find


def fields_of(type_name, dataset_name, ret_fields):
    must = [term("dataset_type", type_name), term("dataset", dataset_name)]
    index = f"{current_app.config['ES_INDEX']}_*_{dataset_name.lower()}"
    return matching(must, ret_fields, index, [{"starttime": {"order": "desc"}}])


#: What of a document is shown: hysds/pele pele/controllers/api_v01/model.py.
METADATA = (
    *("id", "objectid", "label", "version", "system_version", "dataset", "dataset_type", "dataset_level"),
    *("ipath", "urls", "browse_urls", "images", "metadata", "location", "center", "continent"),
    *("starttime", "endtime", "temporal_span"),
)
EVERYTHING = {"match_all": {}}
BOTH = ("get", "post")

paged("/types", "types", "types", lambda: values_of("dataset_type", EVERYTHING))
paged("/datasets", "datasets", "datasets", lambda: values_of("dataset", EVERYTHING))
paged(
    "/type/<string:type_name>/datasets",
    "datasets_by_type",
    "datasets",
    lambda type_name: values_of("dataset", term("dataset_type", type_name)),
)
paged(
    "/dataset/<string:dataset_name>/types",
    "types_by_dataset",
    "types",
    lambda dataset_name: values_of("dataset_type", term("dataset", dataset_name)),
)
paged(
    "/dataset/<string:dataset_name>/dataset_ids",
    "ids_by_dataset",
    "dataset_ids",
    ids("dataset"),
    methods=BOTH,
)
paged("/type/<string:type_name>/dataset_ids", "ids_by_type", "dataset_ids", ids("dataset_type"), methods=BOTH)
paged(
    "/type/<string:type_name>/dataset/<string:dataset_name>/<list:ret_fields>",
    "fields_by_type_and_dataset",
    "results",
    fields_of,
    fields.Raw,
)


@pele.route("/dataset/<string:dataset_id>", endpoint="dataset_by_id")
class Metadata(Limited):
    @pele.marshal_with(answer(pele, "metadata", result=fields.Raw))
    def get(self, dataset_id):
        hits = search({"query": {"term": {"_id": dataset_id}}})["hits"]["hits"]
        if not hits:
            return {"success": True, "result": None}
        document = hits[0]["_source"]
        known = {name: document[name] for name in METADATA if document.get(name) is not None}
        return {"success": True, "result": known}


@test.route("/echo", endpoint="echo")
class Echo(Limited):
    @test.marshal_with(answer(test, "echo"))
    def get(self):
        text = request.args.get("echo_str", None)
        if text is None:
            return {"success": False, "message": "Missing echo_str parameter."}, 400
        return {"success": True, "message": text}
