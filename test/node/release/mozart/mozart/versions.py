"""Both versions of the REST API: hysds/mozart mozart/services/api_v01/service.py and api_v02/service.py."""

from flask import Blueprint
from flask_restx import Api, Namespace, apidoc

from hysds.celery import app as celery_app
from hysds_commons.rest.on_demand import OnDemand, add_on_demand
from hysds_commons.rest.rules import Rules, add_rules
from hysds_commons.rest.specifications import Catalogue, first_version, second_version
from mozart import app, mozart_es
from mozart.events import event_namespace
from mozart.jobs import job_namespace, queue_namespace

ACTIONS, TYPES = app.config["HYSDS_IOS_INDEX"], app.config["JOB_SPECS_INDEX"]

CATALOGUES = [
    Catalogue("job_spec", TYPES, mozart_es),
    Catalogue("container", app.config["CONTAINERS_INDEX"], mozart_es),
    Catalogue("hysds_io", ACTIONS, mozart_es),
]


def on_demand_namespace():
    queue = celery_app.conf["ON_DEMAND_JOB_QUEUE"]
    namespace = Namespace("on-demand")
    on_demand = OnDemand(mozart_es, "figaro", queue, (ACTIONS, TYPES), "ops")
    add_on_demand(namespace, ("", "/job-params"), on_demand)
    return namespace


def rules_namespace():
    namespace = Namespace("user-rules")
    rules = Rules(mozart_es, app.config["USER_RULES_INDEX"], ACTIONS, has_pattern=False)
    add_rules(namespace, "", rules)
    return namespace


def version(number, specifications):
    blueprint = Blueprint(f"api_v{number.replace('.', '-')}", __name__, url_prefix=f"/api/v{number}")
    api = Api(blueprint, ui=False, version=number, title="Mozart API")
    namespaces = [specifications(catalogue) for catalogue in CATALOGUES]
    namespaces += [job_namespace(specifications is second_version), queue_namespace(), event_namespace()]
    for namespace in [*namespaces, on_demand_namespace(), rules_namespace()]:
        api.add_namespace(namespace)
    blueprint.add_url_rule("/doc/", endpoint="api_doc", view_func=lambda: apidoc.ui_for(api))
    return blueprint


first, second = version("0.1", first_version), version("0.2", second_version)
