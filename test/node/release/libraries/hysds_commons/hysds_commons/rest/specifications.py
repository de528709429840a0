"""Job types, containers and actions: specs.py of both versions of the APIs of hysds/mozart and hysds/grq2."""

import json

from flask import request
from flask_restx import Namespace, Resource, fields

from hysds_commons.rest import answer, refusal


def given(name):
    return request.form.get(name, request.args.get(name, None))


class Catalogue:
    """Documents of one index, and the handlers for them."""

    def __init__(self, name, index, search):
        self.name, self.index, self.search = name, index, search

    def ids(self):
        hits = self.search.query(index=self.index, _source=False)
        return {"success": True, "message": "", "result": [hit["_id"] for hit in hits]}

    def one(self):
        identity = given("id")
        if identity is None:
            return refusal("missing parameter: id")
        found = self.search.get_by_id(index=self.index, id=identity, ignore=404)
        if found["found"] is False:
            return refusal(f"{self.name} not found: {identity}", 404)
        return {"success": True, "message": "", "result": found["_source"]}

    def parsed(self):
        """The document of a request. Raises ValueError or KeyError for one that is none or has no id."""
        if self.name != "container":
            document = json.loads(given("spec"))
            return document["id"], document
        document = {name: given(name) for name in ("name", "url", "version", "digest")}
        if not all(document.values()):
            raise ValueError("Parameters (name, url, version, digest) must be supplied")
        identity = document.pop("name")
        return identity, {"id": identity, **document}

    def add(self):
        try:
            identity, document = self.parsed()
        except (TypeError, ValueError, KeyError) as error:
            return refusal(str(error))
        self.search.index_document(index=self.index, body=document, id=identity)
        message = f"{identity} added to index {self.index}"
        return {"success": True, "message": message, "result": identity}

    def remove(self):
        identity = given("id")
        if identity is None:
            return refusal("id must be supplied")
        self.search.delete_by_id(index=self.index, id=identity)
        return {"success": True, "message": f"removed {identity} from index {self.index}"}


def handlers(namespace, catalogue, path, **methods):
    """A resource at a path, whose methods are a catalogue's."""
    shape = answer(namespace, f"{catalogue.name}{path}", result=fields.Raw)

    def handler(function):
        return namespace.marshal_with(shape)(lambda self: function())

    body = {method: handler(function) for method, function in methods.items()}
    resource = type("Specifications", (Resource,), body)
    namespace.add_resource(resource, path, endpoint=f"{catalogue.name}{path.replace('/', '-')}")


def first_version(catalogue):
    """Each deed a path of its own: deletions are GETs."""
    namespace = Namespace(catalogue.name)
    single = "/info" if catalogue.name == "container" else "/type"
    handlers(namespace, catalogue, "/list", get=catalogue.ids)
    handlers(namespace, catalogue, single, get=catalogue.one)
    handlers(namespace, catalogue, "/add", post=catalogue.add)
    handlers(namespace, catalogue, "/remove", get=catalogue.remove)
    return namespace


def second_version(catalogue):
    namespace = Namespace(catalogue.name)
    handlers(namespace, catalogue, "/list", get=catalogue.ids)
    methods = {"get": catalogue.one, "post": catalogue.add, "delete": catalogue.remove}
    handlers(namespace, catalogue, "", **methods)
    return namespace
