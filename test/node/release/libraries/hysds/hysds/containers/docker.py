"""Docker by DOCKER_HOST: hysds/hysds hysds/containers/docker.py. Jobs find its socket in the usual place."""

import os

from hysds.containers.base import Engine

SOCKET = "/var/run/docker.sock"


def host_socket():
    """The rootless engine's, where there is one."""
    directory = os.environ.get("XDG_RUNTIME_DIR")
    rootless = os.path.join(directory, "docker.sock") if directory else SOCKET
    return rootless if os.path.exists(rootless) else SOCKET


class Docker(Engine):
    command = ("docker",)

    def create_params(self, *arguments):
        params = super().create_params(*arguments)
        params["volumes"].insert(0, (host_socket(), SOCKET))
        return params

    def get_container_cmd(self, params, words):
        command = [*self.command, "run", "--init", "--rm", "-u", f"{params['uid']}:{params['gid']}"]
        for name, value in params["runtime_options"].items():
            command += [f"--{name}", value]
        for source, target in params["volumes"]:
            command += ["-v", f"{source}:{target}"]
        return [*command, "-w", params["working_dir"], params["image_name"], *map(str, words)]
