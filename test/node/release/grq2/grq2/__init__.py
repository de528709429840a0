"""Stand-in for hysds/grq2: the application of grq2/__init__.py, with settings.cfg beside the package.

Asks both clusters: datasets are in GRQ's, rules and job types in Mozart's. Not here: user tags, places by name.
"""

import logging
import os

from flask import Flask, jsonify, request
from flask_cors import CORS
from redis import Redis

from hysds.es_util import get_grq_es, get_mozart_es
from hysds_commons.rest import ReverseProxied, not_found

app = Flask(__name__)
app.wsgi_app = ReverseProxied(app.wsgi_app)
app.config.from_pyfile(os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "settings.cfg")))
CORS(app)
app.register_error_handler(404, not_found)

grq_es = get_grq_es()
mozart_es = get_mozart_es()

from grq2.versions import first, second  # noqa: E402  (it takes the application and the clients from here)

app.register_blueprint(first)
app.register_blueprint(second)


@app.route("/services")
def services():
    return jsonify({"success": True, "content": "GeoRegionQuery REST API"})


@app.route("/datasets")
def datasets():
    types = list(app.config["GRQ_DATASET_DOCTYPES"].keys())
    return jsonify({"success": True, "message": "", "datasets": types})


@app.route("/grq/redis/setnx")
def setnx():
    redis = Redis.from_url(app.config["REDIS_URL"])
    key, value = f"{app.config['GRQ_INDEX']}__{request.args.get('key')}", request.args.get("value")
    if redis.setnx(key, value):
        return jsonify({"status": True, "id": value})
    return jsonify({"status": False, "id": redis.get(key).decode()})


gunicorn = logging.getLogger("gunicorn.error")
app.logger.handlers = gunicorn.handlers
app.logger.setLevel(gunicorn.level)
