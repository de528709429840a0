"""Datasets into GRQ's cluster: hysds/grq2 grq2/services/api_v02/datasets.py and grq2/lib/dataset.py.

The index is named by version and dataset, or as datasets.json says. A place is given its centre; the names of towns
near it are left out, as the original does where there is no index of them.
"""

import json
import traceback
from datetime import datetime, timezone

from flask import request
from flask_restx import Resource, fields
from opensearchpy import OpenSearch
from shapely.geometry import shape

from grq2 import app, grq_es
from hysds_commons.rest import answer, refusal

GEOMETRIES = {
    name.lower(): name
    for name in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
}
#: Bytes of a line's end and what is around it.
OVERHEAD = 8


def index_of(document, default):
    """Index and aliases of a dataset, whose own wishes are taken out of it."""
    wish = document.pop("index", None) or {}
    suffix = wish.get("suffix", f"{document['version']}_{document.get('dataset', default)}")
    return f"{app.config['GRQ_INDEX']}_{suffix}".lower(), wish.get("aliases", [])


def complete(document):
    """Adds time stamp, centre and temporal span. Raises TypeError for what is no geometry."""
    document["@timestamp"] = datetime.now(timezone.utc).replace(tzinfo=None).isoformat() + "Z"
    place = document.get("location")
    if place is not None:
        kind = place["type"].lower()
        if kind not in GEOMETRIES:
            raise TypeError(f"{place['type']} is not a valid GeoJSON type")
        centre = shape({**place, "type": GEOMETRIES[kind]}).centroid
        document["location"] = {**place, "type": kind}
        document.setdefault("center", {"type": "point", "coordinates": [centre.x, centre.y]})
    start, end = document.get("starttime"), document.get("endtime")
    if isinstance(start, str) and isinstance(end, str):
        document["temporal_span"] = (day(end) - day(start)).days
    return document


def day(text):
    return datetime.fromisoformat(text.removesuffix("Z")[:10])


def chunks(lines):
    """Pairs of action and document, in requests of BULK_LIMIT bytes at most."""
    limit, size, chunk = app.config.get("BULK_LIMIT", 1e8), 0, []
    for pair in zip(lines[::2], lines[1::2]):
        bytes_of_pair = sum(len(json.dumps(line).encode()) for line in pair) + OVERHEAD
        if chunk and size + bytes_of_pair >= limit:
            yield chunk
            size, chunk = 0, []
        chunk += pair
        size += bytes_of_pair
    yield chunk


def index_all(documents):
    """Why some dataset could not be indexed, after all that were are gone again; or nothing."""
    options = {"timeout": 120 if isinstance(grq_es.es, OpenSearch) else "2m"}
    lines = []
    for document in documents:
        index, _ = index_of(document, "dataset")
        lines += [{"index": {"_index": index, "_id": document["id"]}}, complete(document)]
    written = []
    for chunk in chunks(lines):
        result = grq_es.es.bulk(body=chunk, **options)
        items = [item["index"] for item in result["items"]]
        written += [{"delete": {"_index": item["_index"], "_id": item["_id"]}} for item in items]
        if result["errors"] is True:
            grq_es.es.bulk(body=written, **options)
            return [{"index": item} for item in items if "error" in item]
    return []


def add_bulk(namespace):
    """The second version: a list of datasets as JSON in a JSON string, all or none."""
    shape_of_answer = answer(namespace, "indexed", objectid=fields.String, index=fields.String)

    class Datasets(Resource):
        @namespace.marshal_with(shape_of_answer)
        def post(self):
            try:
                documents = json.loads(request.json)
                errors = index_all(documents)
            except Exception as error:
                message = f"Error: {type(error)}:{error}\n{traceback.format_exc()}"
                app.logger.error(message)
                return refusal(message)
            if errors:
                app.logger.error(errors)
                return refusal(errors)
            message = f"successfully indexed {len(documents)} documents"
            return {"success": True, "message": message}

    namespace.add_resource(Datasets, "/dataset/index", endpoint="dataset_index")


def add_single(namespace):
    """The first version: one dataset in a form."""
    shape_of_answer = answer(namespace, "indexed", objectid=fields.String, index=fields.String)

    class Dataset(Resource):
        @namespace.marshal_with(shape_of_answer)
        def post(self):
            text = request.form.get("dataset_info", request.args.get("dataset_info", None))
            if text is None:
                return refusal("dataset_info must be supplied")
            try:
                document = json.loads(text)
                index, aliases = index_of(document, None)
                complete(document)
                result = grq_es.index_document(index=index, body=document, id=document["id"])
                actions = [{"add": {"index": index, "alias": alias}} for alias in aliases]
                if actions:
                    grq_es.es.indices.update_aliases({"actions": actions})
            except Exception as error:
                message = f"Failed index dataset. {type(error)}:{error}\n{traceback.format_exc()}"
                app.logger.error(message)
                return refusal(message, 500)
            return {"success": True, "message": result, "objectid": document["id"], "index": index}

    namespace.add_resource(Dataset, "/dataset/index", endpoint="dataset_index")
