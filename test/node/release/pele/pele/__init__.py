"""Stand-in for hysds/pele: the application of pele/__init__.py, with settings.cfg beside the package.

Knows nothing of the rest of HySDS. Not here: accounts (AUTH must be false) and overlaps in time and space.
"""

from elasticsearch import Elasticsearch
from flask import Flask, redirect, url_for
from flask_cors import CORS
from opensearchpy import OpenSearch
from werkzeug.routing import BaseConverter

from hysds_commons.libraries import need
from hysds_commons.rest import ReverseProxied
from pele.api import limiter, services

need(
    "elasticsearch_dsl",
    "flask_assets",
    "flask_bcrypt",
    "flask_caching",
    "flask_debugtoolbar",
    "flask_httpauth",
    "flask_login",
    "flask_mail",
    "flask_sqlalchemy",
    "flask_wtf",
    "jwt",
    "lxml.etree",
)


class ListConverter(BaseConverter):
    """Names with commas between them."""

    regex = r".+(?:,.+)*,?"

    def to_python(self, value):
        return [name.strip() for name in value.split(",")]


def search_client(config):
    """The client of the configured engine. Here a URL alone is given to it, with its own credentials."""
    if config.get("AWS_ES", False) is True:
        raise NotImplementedError("the stand-in signs no requests")
    kind = OpenSearch if config.get("ES_ENGINE", "elasticsearch") == "opensearch" else Elasticsearch
    return kind(config["ES_URL"])


def create_app(settings):
    """The application, with the defaults of a class of pele.settings below those of settings.cfg."""
    app = Flask(__name__)
    app.config.from_object(settings)
    app.config.from_pyfile("../settings.cfg")
    if app.config.get("AUTH", False) is not False:
        raise NotImplementedError("the stand-in has no accounts")
    app.url_map.converters["list"] = ListConverter
    CORS(app)
    app.wsgi_app = ReverseProxied(app.wsgi_app, app.config)
    app.search = search_client(app.config)
    limiter.init_app(app)
    app.register_blueprint(services)

    @app.route("/")
    def home():
        return redirect(url_for("api_v0-1.doc"))

    return app
