"""Both versions of the REST API: hysds/grq2 grq2/services/api_v01 and api_v02. They index datasets differently."""

from flask import Blueprint
from flask_restx import Api, Namespace, apidoc

from grq2 import app, mozart_es
from grq2.datasets import add_bulk, add_single
from hysds.celery import app as celery_app
from hysds_commons.rest.on_demand import OnDemand, add_on_demand
from hysds_commons.rest.rules import Rules, add_rules
from hysds_commons.rest.specifications import Catalogue, first_version, second_version

ACTIONS, TYPES = app.config["HYSDS_IOS_INDEX"], app.config["JOB_SPECS_INDEX"]


def version(number, add_datasets, specifications):
    blueprint = Blueprint(f"api_v{number.replace('.', '-')}", __name__, url_prefix=f"/api/v{number}")
    api = Api(blueprint, ui=False, version=number, title="GRQ API")
    namespace = Namespace("grq")
    add_datasets(namespace)
    queue = celery_app.conf["ON_DEMAND_DATASET_QUEUE"]
    on_demand = OnDemand(mozart_es, "tosca", queue, (ACTIONS, TYPES), "example_user")
    add_on_demand(namespace, ("/on-demand", "/job-params"), on_demand)
    rules = Rules(mozart_es, app.config["USER_RULES_INDEX"], ACTIONS, has_pattern=True)
    add_rules(namespace, "/user-rules", rules)
    api.add_namespace(namespace)
    api.add_namespace(specifications(Catalogue("hysds_io", ACTIONS, mozart_es)))
    blueprint.add_url_rule("/doc/", endpoint="api_doc", view_func=lambda: apidoc.ui_for(api))
    return blueprint


first, second = version("0.1", add_single, first_version), version("0.2", add_bulk, second_version)
