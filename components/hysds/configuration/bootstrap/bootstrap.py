"""Prepares the search clusters of HySDS: lifecycle policies, pipelines, templates and indices.

Applies every definition file (*.json) beside it, in the order of their names. Running it again changes nothing that
is already so. It needs the standard library alone, and ends with 1 when a definition was refused or a cluster did not
answer in time, after naming the definition and the answer.
"""

import argparse
import base64
import json
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

RETRIED = {429, 500, 502, 503, 504}
ANSWER_LENGTH = 2000


class Refused(Exception):
    """A definition was refused, or nobody answered."""


class Cluster:
    """One search cluster, asked again while it does not answer or is overloaded."""

    def __init__(self, definition, attempts, delay):
        self.url = definition["url"]
        self.attempts = attempts
        self.delay = delay
        self.headers = {"Content-Type": "application/json"}
        if definition.get("password") is not None:
            userinfo = f"{definition.get('username', '')}:{definition['password']}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(userinfo.encode()).decode()

    def ask(self, what, method, path, body=None, accepted=()):
        """Returns status and answer; raises Refused for an error that is not among those accepted."""
        for attempt in range(1, self.attempts + 1):
            status, answer = self._once(method, path, body)
            if status is not None and status not in RETRIED:
                break
            print(f"{what}: attempt {attempt} of {self.attempts}: {status or 'no answer'}: {answer[:200]}", flush=True)
            if attempt < self.attempts:
                time.sleep(self.delay)
        if status is None or (status >= 400 and status not in accepted):
            raise Refused(f"{what}: {method} {self.url}{path}: {status or 'no answer'}: {answer[:ANSWER_LENGTH]}")
        return status, answer

    def _once(self, method, path, body):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except OSError as error:
            return None, str(error)


def lifecycle_api(cluster):
    """Which of the three lifecycle implementations the cluster has, by its own account."""
    _, answer = cluster.ask("version", "GET", "/")
    version = json.loads(answer)["version"]
    if version.get("distribution") == "opensearch":
        return "/_plugins/_ism/policies/"
    if version.get("build_flavor") == "oss":
        return "/_opendistro/_ism/policies/"
    return "/_ilm/policy/"


def apply_lifecycle(cluster, api, lifecycle):
    what = f"lifecycle policy {lifecycle['name']}"
    path = api + lifecycle["name"]
    if api == "/_ilm/policy/":
        cluster.ask(what, "PUT", path, lifecycle["ilm"])
        return
    status, answer = cluster.ask(what, "PUT", path, lifecycle["ism"], accepted=(400, 404, 409))
    if status == 409:
        _, answer = cluster.ask(what, "GET", path)
        found = json.loads(answer)
        condition = urllib.parse.urlencode(
            {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        )
        cluster.ask(what, "PUT", f"{path}?{condition}", lifecycle["ism"])
    elif status >= 400:
        if "no handler found" not in answer:
            raise Refused(f"{what}: PUT {cluster.url}{path}: {status}: {answer[:ANSWER_LENGTH]}")
        print(f"{what}: this cluster has no lifecycle plugin; its indices are kept until somebody deletes them")


def apply_template(cluster, api, name, body, lifecycle):
    if lifecycle is not None and api == "/_ilm/policy/":
        body["template"]["settings"]["index.lifecycle.name"] = lifecycle
    cluster.ask(f"index template {name}", "PUT", f"/_index_template/{name}", body)


def apply_index(cluster, name, body):
    what = f"index {name}"
    status, answer = cluster.ask(what, "PUT", f"/{name}", body, accepted=(400,))
    if status != 400:
        return
    if "resource_already_exists_exception" not in answer:
        raise Refused(f"{what}: PUT {cluster.url}/{name}: {status}: {answer[:ANSWER_LENGTH]}")
    if "mappings" in body:
        cluster.ask(f"mapping of {what}", "PUT", f"/{name}/_mapping", body["mappings"])


def apply_step(cluster, api, step):
    kind, name, body = step["kind"], step["name"], step["body"]
    if kind == "index":
        apply_index(cluster, name, body)
    elif kind == "template":
        apply_template(cluster, api, name, body, step.get("lifecycle"))
    elif kind == "legacy-template":
        cluster.ask(f"template {name}", "PUT", f"/_template/{name}", body)
    elif kind == "pipeline":
        cluster.ask(f"ingest pipeline {name}", "PUT", f"/_ingest/pipeline/{name}", body)
    else:
        raise Refused(f"{name}: nothing is known of kind {kind}")
    print(f"{kind} {name}: as defined", flush=True)


def apply(path, attempts, delay):
    definition = json.loads(path.read_text())
    cluster = Cluster(definition, attempts, delay)
    cluster.ask(f"cluster {path.stem}", "GET", "/_cluster/health?wait_for_status=yellow&timeout=30s", accepted=(408,))
    api = lifecycle_api(cluster)
    if "lifecycle" in definition:
        apply_lifecycle(cluster, api, definition["lifecycle"])
    for step in definition["steps"]:
        apply_step(cluster, api, step)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--attempts", type=int, default=60, help="how often one request is made (default: 60)")
    parser.add_argument("--delay", type=float, default=10, help="seconds between attempts (default: 10)")
    arguments = parser.parse_args()
    for path in sorted(pathlib.Path(__file__).parent.glob("*.json")):
        try:
            apply(path, arguments.attempts, arguments.delay)
        except Refused as refused:
            sys.exit(str(refused))


if __name__ == "__main__":
    main()
