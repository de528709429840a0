"""What the stand-ins of the REST applications share; the originals have it each for itself."""

from flask import jsonify
from flask_restx import fields


class ReverseProxied:
    """Prefix, scheme and host of a gateway, by its headers: __init__.py of hysds/mozart, hysds/grq2 and hysds/pele."""

    def __init__(self, application, defaults=None):
        self.application, self.defaults = application, defaults or {}

    def header(self, environment, name):
        return environment.get(name, self.defaults.get(name, ""))

    def __call__(self, environment, start_response):
        prefix = self.header(environment, "HTTP_X_SCRIPT_NAME")
        if prefix:
            environment["SCRIPT_NAME"] = prefix
            environment["PATH_INFO"] = environment["PATH_INFO"].removeprefix(prefix)
        scheme = self.header(environment, "HTTP_X_SCHEME")
        if scheme:
            environment["wsgi.url_scheme"] = scheme
        host = environment.get("HTTP_X_FORWARDED_HOST", "")
        if host:
            environment["HTTP_HOST"] = host
        return self.application(environment, start_response)


def not_found(error):
    return jsonify({"status_code": 404, "message": str(error)}), 404


def answer(namespace, name, **more):
    """Shape of an answer: what a handler leaves out is null."""
    common = {"success": fields.Boolean(required=True), "message": fields.String(required=True)}
    return namespace.model(name, {**common, **more})


def refusal(message, status=400):
    return {"success": False, "message": message}, status
