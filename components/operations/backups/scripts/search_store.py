"""Elasticsearch or OpenSearch: snapshots of its indices in a repository that it writes by itself, S3 or a folder."""

import datetime
import fnmatch
import json
import time

from failure import Failure
from http_api import HttpApi

REPOSITORY = "hysds-backups"
RENAMED = "restored-"


class SearchStore:
    def __init__(self, definition):
        self.definition = definition
        self.api = HttpApi(definition)
        self.seconds = definition.get("pollSeconds", 10)

    def take(self, name):
        self._register()
        self.api.ask("PUT", self._path(name), {"indices": "*", "include_global_state": False})
        while True:
            snapshot = self._snapshot(name)
            if snapshot["state"] not in ("IN_PROGRESS", "STARTED"):
                break
            time.sleep(self.seconds)
        if snapshot["state"] != "SUCCESS":
            raise Failure(f"snapshot {name}: {snapshot['state']}: {snapshot.get('failures') or snapshot.get('reason')}")
        return name

    def list(self):
        self._register()
        return [
            {
                "name": snapshot["snapshot"],
                "time": _time(snapshot).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "indices": len(snapshot["indices"]),
                "state": "complete" if snapshot["state"] == "SUCCESS" else snapshot["state"].lower(),
            }
            for snapshot in self._snapshots()
        ]

    def prune(self, oldest):
        """Removes what is older, and never the newest that is complete."""
        ours = [snapshot for snapshot in self._snapshots() if snapshot["snapshot"].startswith("hysds-")]
        complete = [snapshot["snapshot"] for snapshot in ours if snapshot["state"] == "SUCCESS"]
        old = [snapshot["snapshot"] for snapshot in ours if _time(snapshot) < oldest]
        removed = [name for name in old if name not in complete[-1:]]
        for name in removed:
            self.api.ask("DELETE", self._path(name))
        return removed

    def overwrites(self, name, given):
        answer = []
        for index, target in self._targets(name, given):
            present = self._documents(target)
            note = "new" if present is None else f"{present} documents are replaced"
            answer.append({"what": index, "now": note, "backup": target})
        return answer

    def restore(self, name, given):
        """Beside the indices of today, in new ones named restored-…; or over them, which are closed meanwhile."""
        targets = self._targets(name, given)
        there = [target for _, target in targets if self._documents(target) is not None]
        if there and not given.in_place:
            raise Failure(f"{there[0]} is there from an earlier restore: delete it first")
        for index in there:
            self.api.ask("POST", f"/{index}/_close")
        body = {
            "indices": ",".join(index for index, _ in targets),
            "include_global_state": False,
            # An alias that a restored copy is in as well would find every document twice.
            "include_aliases": given.in_place,
        }
        if not given.in_place:
            body.update(rename_pattern="(.+)", rename_replacement=f"{RENAMED}$1")
        answer = self.api.ask("POST", f"{self._path(name)}/_restore?wait_for_completion=false", body)
        if not answer.get("accepted"):
            raise Failure(f"restore of {name}: {answer}")
        for _, target in targets:
            self._wait_for(target)
        return [f"{target}: {self._documents(target)} documents" for _, target in targets]

    def _targets(self, name, given):
        """Indices of the snapshot that were asked for, and what they are called after the restore."""
        self._register()
        snapshot = self._snapshot(name)
        wanted = [index for index in snapshot["indices"] if _matches(index, given.indices)]
        if not wanted:
            raise Failure(f"snapshot {name} has no index {given.indices}: it has {', '.join(snapshot['indices'])}")
        return [(index, index if given.in_place else RENAMED + index) for index in sorted(wanted)]

    def _wait_for(self, index):
        """Until all its primary shards are there. The index's health tells less: it is yellow from the beginning."""
        while True:
            shards = self.api.ask("GET", f"/_cat/shards/{index}?format=json&h=prirep,state", accepted=(404,))
            states = {shard["state"] for shard in shards or [] if shard["prirep"] == "p"}
            if states == {"STARTED"}:
                return
            time.sleep(self.seconds)

    def _documents(self, index):
        """None when there is no such index."""
        answer = self.api.ask("GET", f"/_cat/indices/{index}?format=json&h=docs.count", accepted=(404,))
        return None if not answer else int(answer[0]["docs.count"] or 0)

    def _register(self):
        """Only when it is not so already: a repository that is in use refuses it."""
        wanted = self.definition["repository"]
        found = (self.api.ask("GET", f"/_snapshot/{REPOSITORY}", accepted=(404,)) or {}).get(REPOSITORY)
        if found is None or found["type"] != wanted["type"] or _texts(found["settings"]) != _texts(wanted["settings"]):
            self.api.ask("PUT", f"/_snapshot/{REPOSITORY}", wanted)

    def _snapshots(self):
        found = self.api.ask("GET", f"/_snapshot/{REPOSITORY}/_all")["snapshots"]
        return sorted(found, key=lambda snapshot: snapshot["start_time_in_millis"])

    def _snapshot(self, name):
        found = self.api.ask("GET", self._path(name), accepted=(404,))
        if found is None:
            raise Failure(f"there is no backup {name}")
        return found["snapshots"][0]

    def _path(self, name):
        return f"/_snapshot/{REPOSITORY}/{name}"


def _time(snapshot):
    return datetime.datetime.fromtimestamp(snapshot["start_time_in_millis"] / 1000, datetime.timezone.utc)


def _texts(settings):
    """Settings as the cluster answers them: every value a text."""
    return {name: json.dumps(value) if isinstance(value, bool) else str(value) for name, value in settings.items()}


def _matches(index, patterns):
    """Comma-separated patterns with *, later ones with - taking away, as the search API has them."""
    matched = False
    for pattern in patterns.split(","):
        if fnmatch.fnmatchcase(index, pattern.removeprefix("-")):
            matched = not pattern.startswith("-")
    return matched


def open_store(definition):
    return SearchStore(definition)
