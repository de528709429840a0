"""A container engine, as far as HySDS and a job worker ask one: `engine.py STATE COMMAND …`.

As of podman(1) and docker(1): `run` waits for its container, which outlives it; `ps --quiet` and `inspect` tell of
containers, `rm --force` ends them. A container has none of its client's environment.
"""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

STATE = Path(sys.argv[1])


def run(arguments):
    place = arguments[arguments.index("-w") + 1]
    command = arguments[arguments.index("-w") + 3 :]
    nothing = subprocess.DEVNULL
    container = subprocess.Popen(
        command, env={}, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
    file = STATE / uuid.uuid4().hex
    file.write_text(json.dumps({"process": container.pid, "place": place}))
    code = container.wait()
    file.unlink(missing_ok=True)
    return code


def ps(_):
    print("\n".join(file.name for file in STATE.iterdir()))
    return 0


def inspect(arguments):
    assert arguments[:2] == ["--format", "{{.Id}} {{.Config.WorkingDir}}"], arguments
    for name in arguments[2:]:
        print(name, json.loads((STATE / name).read_text())["place"])
    return 0


def rm(arguments):
    assert arguments[0] == "--force", arguments
    for name in arguments[1:]:
        process = json.loads((STATE / name).read_text())["process"]
        (STATE / name).unlink()
        try:
            os.killpg(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return 0


if __name__ == "__main__":
    commands = {each.__name__: each for each in [inspect, ps, rm, run]}
    sys.exit(commands[sys.argv[2]](sys.argv[3:]))
