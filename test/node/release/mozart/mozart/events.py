"""Events of one's own: hysds/mozart mozart/services/api_v01/events.py."""

import json

from flask import request
from flask_restx import Namespace, Resource, fields

from hysds.log_utils import log_custom_event
from hysds_commons.rest import answer, refusal


def event_namespace():
    namespace = Namespace("event")
    shape = answer(namespace, "event", result=fields.String)

    class Add(Resource):
        @namespace.marshal_with(shape)
        def post(self):
            try:
                form = json.loads(request.data) if request.data else request.form
                event, tags = form.get("event", "{}"), form.get("tags")
                event = event if isinstance(event, dict) else json.loads(event)
                tags = json.loads(tags) if isinstance(tags, str) else tags
                result = log_custom_event(
                    form.get("type"), form.get("status"), event, tags, form.get("hostname")
                )
            except Exception as error:
                return refusal(f"Failed to log custom event. {type(error)}:{error}", 500)
            return {"success": True, "message": "", "result": result}

    namespace.add_resource(Add, "/add", endpoint="event-add")
    return namespace
