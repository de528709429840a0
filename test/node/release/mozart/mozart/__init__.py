"""Stand-in for hysds/mozart: the application of mozart/__init__.py, with settings.cfg beside the package.

Not here: Jenkins, statistics of machines by SSH, LDAP, user tags, administration, downloads by Mozart.
"""

import logging
import os

from flask import Flask, jsonify, redirect, url_for
from flask_cors import CORS
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy

from hysds.es_util import get_mozart_es
from hysds_commons.libraries import need
from hysds_commons.rest import ReverseProxied, not_found

need("cgi", "fabric.api", "jenkins")

app = Flask(__name__)
app.wsgi_app = ReverseProxied(app.wsgi_app)
app.config.from_pyfile("../settings.cfg")
CORS(app)
data = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "data"))
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.path.join(data, 'app.db')}"
db = SQLAlchemy(app)
LoginManager().init_app(app)
app.register_error_handler(404, not_found)

mozart_es = get_mozart_es()

from mozart.versions import first, second  # noqa: E402  (it takes the application and the client from here)

app.register_blueprint(first)
app.register_blueprint(second)


@app.route("/")
def home():
    return redirect(url_for("api_v0-1.api_doc"))


@app.route("/services")
def services():
    return jsonify({"success": True, "content": "HySDS job orchestration/worker library"})


@app.route("/job_count")
def job_count():
    body = {"size": 0, "aggs": {"result": {"terms": {"field": "status"}}}}
    found = mozart_es.search(index="job_status-*", body=body)
    buckets = found["aggregations"]["result"]["buckets"]
    counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return jsonify({"success": True, "counts": {**counts, "total": sum(counts.values())}})


gunicorn = logging.getLogger("gunicorn.error")
app.logger.handlers = gunicorn.handlers
app.logger.setLevel(gunicorn.level)
app.logger.propagate = False
