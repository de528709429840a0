"""Configuration and directories of a job: hysds/hysds hysds/job_worker.py.

`workers` and `cache` below the root work directory, then the job's own, named by day, hour and minute; each is made
when it is wanted, and the job fails where it cannot be.
"""

import json
import os
import shlex
import time

from hysds.celery import app
from hysds.facts import get_facts, instance_facts
from hysds.log_utils import now
from hysds.utils import makedirs


def worker_configuration(job, states):
    """What HYSDS_WORKER_CFG says of the job's type, or what its own command is."""
    file, command = os.environ.get("HYSDS_WORKER_CFG"), job.get("params", {}).get("_command")
    if file is None and command is None:
        states.refuse("Environment variable HYSDS_WORKER_CFG is not set or job has no command payload.")
    if file is not None:
        if not os.path.exists(file):
            states.refuse(f"Worker configuration {file} doesn't exist.")
        return states.attempt(read_json, file)
    path, *arguments = shlex.split(command)
    configuration = {"type": job["type"]}
    configuration["command"] = {"path": path, "options": [], "arguments": arguments, "env": []}
    configuration["dependency_images"] = (
        job.get("params", {}).get("job_specification", {}).get("dependency_images", [])
    )
    answer = {"configs": [configuration]}
    names = {"root_work_dir": "ROOT_WORK_DIR", "webdav_port": "WEBDAV_PORT", "webdav_url": "WEBDAV_URL"}
    for key, name in names.items():
        if f"HYSDS_{name}" in os.environ:
            answer[key] = os.environ[f"HYSDS_{name}"]
    return answer


def datasets_file(states):
    file = os.environ.get("HYSDS_DATASETS_CFG")
    if file is None:
        states.refuse("Environment variable HYSDS_DATASETS_CFG is not set.")
    if not os.path.exists(file):
        states.refuse(f"Datasets configuration {file} doesn't exist.")
    return file


def read_json(file):
    with open(file) as stream:
        return json.load(stream)


def write_json(file, content):
    with open(file, "w") as stream:
        json.dump(content, stream, indent=2, sort_keys=True)


class JobFiles:
    """A job's directory and what is in it."""

    def __init__(self, job, states):
        self.job, self.states = job, states
        configuration = worker_configuration(job, states)
        self.datasets = datasets_file(states)
        types = {each["type"]: each for each in configuration["configs"]}
        if job["type"] not in types:
            states.refuse(f"No work configuration for type '{job['type']}'.")
        self.configuration = types[job["type"]]
        job["command"] = self.configuration["command"]
        self.root = configuration.get("root_work_dir", app.conf.ROOT_WORK_DIR)
        self.cache = os.path.join(self.root, "cache")
        states.attempt(makedirs, self.cache)
        self.place = os.path.join("jobs", time.strftime("%Y/%m/%d/%H/%M", time.gmtime()), job["job_id"])
        self.directory = os.path.join(self.root, self.place)
        states.attempt(makedirs, self.directory)
        states.attempt(self.mark, ".running")
        self.add_facts(configuration)
        self.choose_image()
        states.attempt(self.write_context)
        states.attempt(self.write_job)

    def path(self, name):
        return os.path.join(self.directory, name)

    def mark(self, name):
        with open(self.path(name), "w") as stream:
            stream.write(now() + "\n")

    def done(self):
        if os.path.exists(self.path(".running")):
            os.rename(self.path(".running"), self.path(".done"))
        self.mark(".done")

    def add_facts(self, configuration):
        metrics = {"inputs_localized": [], "products_staged": [], "job_dir_size": 0, "usage_stats": []}
        facts = {**self.states.attempt(get_facts), **instance_facts()}
        port = configuration.get("webdav_port", app.conf.WEBDAV_PORT)
        url = configuration.get("webdav_url", app.conf.get("WEBDAV_URL"))
        url = f"http://{facts['hysds_public_ip']}:{port}" if url is None else url
        self.job["job_info"].update(
            job_dir=self.directory,
            metrics=metrics,
            facts=facts,
            execute_node=facts["hysds_execute_node"],
            public_ip=facts["hysds_public_ip"],
            job_url=os.path.join(url, self.place),
        )

    def choose_image(self):
        """An image of the worker's configuration goes before the job's."""
        if None not in (self.configuration.get(f"container_image_{part}") for part in ("name", "url")):
            for name in ("container_image_name", "container_image_url"):
                self.job[name] = self.configuration[name]
            for name in ("container_mappings", "runtime_options"):
                self.job[name] = self.configuration.get(name, {})
        if self.configuration.get("dependency_images"):
            self.job["dependency_images"] = self.configuration["dependency_images"]

    def write_context(self):
        """The parameters and what is known of the job. An empty context of the job itself becomes this one."""
        job, context = self.job, self.states.context
        context = {"context": context} if context else context
        context.update(job["params"])
        context["job_priority"] = job.get("priority")
        for name in ("container_image_name", "container_image_url", "container_image_urls"):
            context[name] = job.get(name)
        for name in ("container_mappings", "runtime_options"):
            context[name] = job.get(name, {})
        context["_prov"] = {"wasGeneratedBy": f"task_id:{job['task_id']}"}
        context["_force_ingest"] = job.get("publish_overwrite_ok", False)
        self.states.context = context
        self.save_context()
        job["job_info"].update(context_file=self.path("_context.json"), datasets_cfg_file=self.datasets)

    def save_context(self):
        write_json(self.path("_context.json"), self.states.context)

    def read_context(self):
        self.states.context.update(read_json(self.path("_context.json")))

    def write_job(self):
        write_json(self.path("_job.json"), self.job)

    def text(self, name):
        """What the job left in a file of its directory, or None."""
        try:
            with open(self.path(name)) as stream:
                return stream.read()
        except FileNotFoundError:
            return None
