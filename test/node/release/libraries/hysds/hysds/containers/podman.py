"""Podman by its socket: hysds/hysds hysds/containers/podman.py.

The socket is in the runtime directory of user HOST_UID, and is mounted into the job too.
"""

import os

from hysds.celery import app
from hysds.containers.base import Engine
from hysds.log_utils import logger


class Podman(Engine):
    def __init__(self):
        super().__init__()
        self.uid = os.environ.get("HOST_UID", self.uid)
        self.socket = f"/run/user/{self.uid}/podman/podman.sock"
        self.command = ("podman", "--remote", "--url", f"unix:{self.socket}")
        self.settings = app.conf.get("PODMAN_CFG", {})

    def create_params(self, *arguments):
        params = super().create_params(*arguments)
        params["podman_sock"] = self.socket
        params["volumes"].insert(0, (self.socket, self.socket))
        return params

    def get_container_cmd(self, params, words):
        """`podman run` with what PODMAN_CFG adds; a variable and its `-e` are one argument."""
        command = [*self.command, "run", "--init", "--rm"]
        for name in self.settings.get("environment", []):
            if name in os.environ:
                command.append(f"-e {name}={os.environ[name]}")
            else:
                logger.warning("%s does not exist. Won't include in podman command.", name)
        identity = f"{params['uid']}:{params['gid']}"
        if self.settings.get("set_uid_gid", False) is True:
            command += ["-u", identity]
        if self.settings.get("set_passwd_entry", False):
            user = os.environ.get("HOST_USER", "ops")
            home = app.conf.get("VERDI_HOME", "/home/ops")
            shell = app.conf.get("VERDI_SHELL", "/bin/bash")
            command.append(f"--passwd-entry={user}:*:{identity}::{home}:{shell}")
        for name, value in self.settings.get("cmd_base", {}).items():
            command += [f"--{name}={value}"] if name == "userns" else [f"--{name}", value]
        for name, value in params["runtime_options"].items():
            command += [f"--{name}", value]
        for source, target in params["volumes"]:
            command += ["-v", f"{source}:{target}"]
        return [*command, "-w", params["working_dir"], params["image_name"], *map(str, words)]
