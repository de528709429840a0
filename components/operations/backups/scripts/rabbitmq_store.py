"""RabbitMQ: its definitions, which are virtual hosts, users, permissions, policies, queues, exchanges and bindings.

Messages are no part of them.
"""

import json
import re

from http_api import HttpApi
from keeping import place

# What Amazon MQ keeps in each broker for itself, and refuses to see changed.
# https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-defaults-applying-policies.html
OF_AMAZON_MQ = re.compile(r"AWS[-_](OWNED|managed)", re.IGNORECASE)
PARTS = ("vhosts", "users", "permissions", "topic_permissions", "parameters", "global_parameters", "policies", "queues")
PARTS += ("exchanges", "bindings")


class RabbitmqStore:
    def __init__(self, definition):
        self.definition = definition
        self.api = HttpApi(definition)
        self.place = place(definition["place"], ".json")

    def take(self, name):
        definitions = self.api.ask("GET", "/api/definitions")
        self.place.put(name, json.dumps(definitions, indent=1).encode())
        return name

    def list(self):
        return self.place.list()

    def prune(self, oldest):
        return self.place.prune(oldest)

    def overwrites(self, name, _given):
        now, then = self.api.ask("GET", "/api/definitions"), self._kept(name)
        return [
            {"what": part.replace("_", " "), "now": len(now.get(part, [])), "backup": len(then[part])}
            for part in PARTS
            if part in then
        ]

    def restore(self, name, _given):
        """What is there and not in the backup stays; what is in both becomes as it was."""
        definitions = self._kept(name)
        self.api.ask("POST", "/api/definitions", definitions)
        return [f"{len(definitions[part])} {part.replace('_', ' ')}" for part in PARTS if definitions.get(part)]

    def _kept(self, name):
        definitions = json.loads(self.place.get(name))
        return {part: [entry for entry in definitions[part] if self._ours(part, entry)] for part in PARTS if part in definitions}

    def _ours(self, part, entry):
        """HySDS's own user keeps the password that HySDS has now, which a later one than the backup's may be."""
        if part == "users" and entry["name"] == self.definition["username"]:
            return False
        named = (entry.get("name"), entry.get("user"))
        return not any(isinstance(value, str) and OF_AMAZON_MQ.search(value) for value in named)


def open_store(definition):
    return RabbitmqStore(definition)
