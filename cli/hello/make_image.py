"""Makes the image of HySDS's first job, in a job worker, of what is there: a shell, mkdir and their libraries.

Runs in the worker's container, which has a client of the engine beside it, and reaches no registry. The image is
imported under the name that the job has, where HySDS finds it before it would ask anybody for it.
Arguments: name of the image, text of the job's script.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

PASSWD = "root:x:0:0:root:/root:/bin/sh\nops:x:1000:1000:ops:/tmp:/bin/sh\n"
GROUP = "root:x:0:\nops:x:1000:\n"


def engine():
    """The client's command: HySDS's own way to find podman, and Docker's."""
    if "DOCKER_HOST" in os.environ:
        return ["docker"]
    socket = os.path.join(os.environ["XDG_RUNTIME_DIR"], "podman", "podman.sock")
    return ["podman", "--remote", "--url", "unix:" + socket]


def libraries(program):
    """Paths of the libraries that a program is linked with, and of its loader."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return re.findall(r"(?:=> |^\s*)(/\S+) \(0x", listed, re.MULTILINE)


def add_text(archive, name, text, mode=0o644):
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    archive.addfile(entry, io.BytesIO(content))


def root_file_system(script):
    """A tar archive; a path that is a link here is a file there, so that no link leads to nowhere."""
    programs = {name: shutil.which(name) for name in ("sh", "mkdir")}
    files = {"/bin/" + name: path for name, path in programs.items()}
    for path in programs.values():
        files.update({library: library for library in libraries(path)})
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", dereference=True) as archive:
        for place, path in sorted(files.items()):
            archive.add(os.path.realpath(path), place.lstrip("/"))
        directory = tarfile.TarInfo("tmp")
        directory.type, directory.mode = tarfile.DIRTYPE, 0o1777
        archive.addfile(directory)
        add_text(archive, "etc/passwd", PASSWD)
        add_text(archive, "etc/group", GROUP)
        add_text(archive, "hello", script, 0o755)
    return buffer.getvalue()


def main(image, script):
    known = subprocess.run(engine() + ["image", "inspect", image], capture_output=True, check=False)
    if known.returncode == 0:
        return
    subprocess.run(
        engine() + ["import", "-", image],
        # The client keeps what it reads in a file, by itself in /var/tmp, which no worker can write.
        env={**os.environ, "TMPDIR": tempfile.gettempdir()},
        input=root_file_system(script),
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
