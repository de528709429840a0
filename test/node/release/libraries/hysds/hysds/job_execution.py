"""Image, container and command of a job: hysds/hysds hysds/job_worker.py and hysds/pymonitoredrunner."""

import os
import re
import signal
import subprocess
import time
import traceback
from datetime import datetime, timezone

from celery.exceptions import SoftTimeLimitExceeded

from hysds.celery import app
from hysds.containers import container_engine_factory
from hysds.job_files import write_json
from hysds.log_utils import log_job_status, logger, now
from hysds.utils import disk_usage, function_named, parse_time, query_dedup_job

PRE_PROCESSORS = ("hysds.localize.localize_urls", "hysds.localize.mark_localized_datasets")


class JobDedupedError(Exception):
    """Another job with the same payload runs or has completed."""

    def __init__(self, other):
        super().__init__(f"verdi worker found duplicate job {other['_id']} with status {other['status']}")
        self.other = other["_id"]


class JobExecution:
    def __init__(self, job, states, files):
        self.job, self.states, self.files = job, states, files
        self.info = job["job_info"]
        self.started = datetime.now(timezone.utc)
        self.pid = None

    def run(self):
        """Runs the job; returns its state, which is not written yet."""
        try:
            self.start()
            self.load_images()
            if all([function_named(name)(self.job, self.states.context) for name in self.processors()]):
                status = self.execute(self.command())
            else:
                status, self.pid = 0, 0
            self.info.update(status=status, stdout="", stderr="", pid=self.pid)
            self.info["metrics"]["job_dir_size"] = disk_usage(self.files.directory)
            self.files.read_context()
            self.files.write_job()
            if status != 0:
                raise RuntimeError(f"Got non-zero exit code: {status}")
            self.end()
            return self.states.full("job-completed")
        except Exception as error:
            return self.failed(error, traceback.format_exc())

    def start(self):
        if self.states.dedup is True:
            states = ["job-started", "job-completed"]
            other = query_dedup_job(self.states.payload_hash, self.job["task_id"], states, is_worker=True)
            if other is not None:
                raise JobDedupedError(other)
        self.info["time_start"] = self.started.replace(tzinfo=None).isoformat() + "Z"
        log_job_status(self.states.full("job-started"))

    def load_images(self):
        self.engine = container_engine_factory(app.conf.get("CONTAINER_ENGINE", "docker"))
        context = self.states.context
        if self.job.get("container_image_name") is not None:
            self.job["container_image_id"] = self.image_id(self.job)
            context["container_image_id"] = self.job["container_image_id"]
        for index, image in enumerate(self.job.get("dependency_images", [])):
            image["container_image_id"] = self.image_id(image)
            known = context["job_specification"]["dependency_images"][index]
            known["container_image_id"] = image["container_image_id"]
        self.files.save_context()

    def image_id(self, image):
        return self.engine.ensure_image_loaded(
            image["container_image_name"],
            image["container_image_url"],
            self.files.cache,
            image.get("container_image_urls"),
        )["Id"]

    def processors(self):
        specification = self.job.get("params", {}).get("job_specification", {})
        builtins = [] if specification.get("disable_pre_builtins", False) else PRE_PROCESSORS
        return [*builtins, *specification.get("pre", [])]

    def command(self):
        """The command line; an argument `$name` of a worker's configuration is that parameter."""
        command = self.job["command"]
        words = [command["path"], *command["options"]]
        for word in command["arguments"]:
            named = re.match(r"^\$(\w+)$", word)
            value = self.job["params"][named.group(1)] if named else word
            words += value if isinstance(value, (list, tuple)) else [value]
        params = {}
        if self.job.get("container_image_name") is not None:
            name = self.job["container_image_name"]
            params[name] = self.container(self.job)
            words = self.engine.get_container_cmd(params[name], words)
        for image in self.job.get("dependency_images", []):
            params[image["container_image_name"]] = self.container(image)
        write_json(self.files.path("_docker_params.json"), params)
        words = [str(word) for word in words]
        logger.info(" cmdLineList: %s", words)
        self.write_script(words)
        return words

    def container(self, image):
        return self.engine.create_params(
            image["container_image_name"],
            image["container_image_url"],
            image.get("container_mappings", {}),
            self.files.root,
            self.files.directory,
            image.get("runtime_options", {}),
            app.conf.get("VERDI_HOME", "/root"),
            os.environ.get("HOST_VERDI_HOME", "/home/ops"),
        )

    def environment(self):
        own = {each["key"]: each["value"] for each in self.job["command"]["env"]}
        return {**os.environ, **own}

    def write_script(self, words):
        """`_run.sh`, with the worker's whole environment in comments."""
        lines = ["#!/bin/bash", ""]
        lines += [f"#{name}={value}" for name, value in self.environment().items()]
        lines += ["", *(f"export {each['key']}={each['value']}" for each in self.job["command"]["env"])]
        lines += ["", " ".join(words), ""]
        script = self.files.path("_run.sh")
        with open(script, "w") as stream:
            stream.write("\n".join(lines))
        os.chmod(script, 0o755)

    def execute(self, words):
        """The exit code of the command, which has a session of its own and outlives this process."""
        settings = app.conf.PYMONITOREDRUNNER_CFG
        output = settings["StreamObserverFileWriter"]
        self.info["cmd_start"] = now()
        with (
            open(self.files.path(output["stdout_filepath"]), "w") as stdout,
            open(self.files.path(output["stderr_filepath"]), "w") as stderr,
        ):
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=self.files.directory,
                env=self.environment(),
                start_new_session=True,
            )
            self.pid = process.pid
            self.leave("_pid", self.pid)
            status = process.wait()
        self.leave("_exit_code", status)
        self.end_command()
        return status

    def leave(self, name, value):
        with open(self.files.path(name), "w") as stream:
            stream.write(str(value))

    def end_command(self):
        if "cmd_start" in self.info and "cmd_end" not in self.info:
            self.info["cmd_end"] = now()
            start, end = parse_time(self.info["cmd_start"]), parse_time(self.info["cmd_end"])
            self.info["cmd_duration"] = (end - start).total_seconds()

    def end(self):
        ended = datetime.now(timezone.utc)
        self.info["time_end"] = ended.replace(tzinfo=None).isoformat() + "Z"
        self.info["duration"] = (ended - self.started).total_seconds()

    def failed(self, error, trace):
        logger.info(" Got error: %s\n%s", error, trace)
        if isinstance(error, SoftTimeLimitExceeded):
            self.interrupt()
        self.end_command()
        if self.info.get("status", 0) == 0:
            self.info["status"] = 1
        self.info["pid"] = self.pid
        self.info["metrics"]["job_dir_size"] = disk_usage(self.files.directory)
        self.files.read_context()
        self.end()
        if isinstance(error, JobDedupedError):
            return self.states.full("job-deduped", dedup_job=error.other, dedup_msg=str(error))
        message = self.files.text("_alt_error.txt") or error
        trace = self.files.text("_alt_traceback.txt") or trace
        return self.states.failed(message, trace, dedup_job=None)

    def interrupt(self):
        """Ends the command's processes: the engine's client hands the signal on to the container."""
        if self.pid is not None:
            try:
                os.killpg(self.pid, signal.SIGTERM)
            except OSError as error:
                logger.info("process group %d: %s", self.pid, error)
            time.sleep(5)
        exit_code = self.files.text("_exit_code")
        self.info.update(status=-15 if exit_code is None else int(exit_code), stdout="", stderr="")
        with open(self.files.path("_stderr.txt"), "a") as stream:
            limit = self.info["soft_time_limit"]
            stream.write(f"\nSoft time limit ({limit}s) exceeded for {self.job['job_id']}.\n")
