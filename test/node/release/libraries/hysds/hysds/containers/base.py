"""Images and mounts of a job's container: hysds/hysds hysds/containers/base.py."""

import getpass
import json
import os
import platform
import shutil
from subprocess import PIPE, Popen, check_output
from tempfile import mkdtemp

import backoff
from atomicwrites import atomic_write

import osaka.main
from hysds.celery import app
from hysds.log_utils import logger, now

IMAGE_LOAD_SECONDS = 600


def checked_mount(path, forbidden):
    """Raises RuntimeError for the root directory and what WORKER_MOUNT_BLACKLIST names."""
    if path == "/":
        raise RuntimeError("Cannot mount host root directory")
    for start in forbidden:
        if path.startswith(start):
            raise RuntimeError(f"Cannot mount {path}: {start} is blacklisted")
    return path


def copied(path, directory):
    """A copy below the job's own directory. Raises FileNotFoundError for what is absent."""
    os.makedirs(directory, 0o777, exist_ok=True)
    copy = os.path.join(directory, os.path.basename(path))
    if os.path.isdir(path):
        shutil.copytree(path, copy)
    else:
        shutil.copy(path, copy)
    logger.info("Copied container mount %s to %s.", path, copy)
    return copy


def placed(target):
    """Target and mode of a mapping: a path, or a list of one and how it is mounted."""
    if not isinstance(target, list):
        return target, "ro"
    if not target:
        raise RuntimeError(f"Invalid image mapping: {target}")
    return (*target, "ro")[:2]


class Engine:
    """A command line client; subclasses say how its commands begin."""

    command = ()

    def __init__(self):
        self.uid = os.getuid()
        self.gid = os.getgid()
        self.user = getpass.getuser()

    def run(self, *words):
        return check_output([*self.command, *words])

    def inspect(self, image):
        return self.run("inspect", image)

    @backoff.on_exception(backoff.expo, Exception, max_time=IMAGE_LOAD_SECONDS)
    def inspect_patiently(self, image):
        return self.inspect(image)

    def ensure_image_loaded(self, name, url, cache_directory, urls=None):
        """What the engine knows of an image.

        The registry's (CONTAINER_REGISTRY) first, which may fail; then the engine's own; then the archive of its URL,
        by osaka through the cache; without a URL, whatever registry the engine finds it in.
        """
        registry = app.conf.get("CONTAINER_REGISTRY", None)
        if registry is not None:
            try:
                reference = os.path.join(registry, name)
                self.run("pull", reference)
                self.run("tag", reference, name)
            except Exception as error:
                logger.warning("Unable to load image from registry '%s': %s", registry, error)
        try:
            found = self.inspect(name)
        except Exception as error:
            logger.info("Failed to inspect image %s: %s", name, error)
            archive = self.archive_of(url, urls)
            if archive is None:
                self.run("pull", name)
            else:
                self.load_from(archive, name, cache_directory)
            found = self.inspect(name)
        logger.info("image info for %s: %s", name, found.decode())
        return json.loads(found)[0]

    @staticmethod
    def archive_of(url, urls):
        """The archive for this processor where each has its own."""
        if isinstance(urls, str):
            try:
                urls = json.loads(urls)
            except ValueError:
                return url
        return (urls or {}).get(platform.machine().lower(), url)

    def load_from(self, url, name, cache_directory):
        file = os.path.join(cache_directory, os.path.basename(url))
        if not os.path.exists(file):
            try:
                osaka.main.get(url, file)
            except Exception as error:
                raise RuntimeError(f"Failed to download image {url}:\n{error}") from error
        lock = f"{file}.load.lock"
        try:
            with atomic_write(lock) as stream:
                stream.write(now())
        except FileExistsError:
            # Another process loads it.
            self.inspect_patiently(name)
            return
        loading = Popen([*self.command, "load", "-i", file], stdout=PIPE, stderr=PIPE)
        _, errors = loading.communicate()
        if loading.returncode != 0:
            raise RuntimeError(f"Failed to load image {file} ({name}): {errors.decode()}")
        os.unlink(file)
        os.unlink(lock)

    def create_params(self, name, url, mappings, root, job_directory, runtime_options, home, host_home):
        """What the container is started with.

        `jobs`, `tasks`, `workers` and `cache` below the root work directory are always mounted, though a job worker
        makes but three of them. With K8S, all that is mapped is copied into the job's directory first.
        """
        directories = {part: os.path.join(root, part) for part in ("jobs", "tasks", "workers", "cache")}
        read_only = ":ro" if app.conf.get("CACHE_READ_ONLY", True) is True else ""
        volumes = [(path, path) for path in directories.values()]
        volumes[-1] = (directories["cache"], directories["cache"] + read_only)
        self.add_default_mappings(mappings)
        forbidden, copies = app.conf.WORKER_MOUNT_BLACKLIST, None
        if int(app.conf.get("K8S", 0)):
            for file in ("/etc/hosts", "/etc/resolv.conf"):
                mappings.setdefault(file, file)
            forbidden = [path for path in forbidden if path != "/etc"]
            copies = mkdtemp(prefix=".container_mounts-", dir=job_directory)
        for source, target in list(mappings.items()):
            source = checked_mount(os.path.expandvars(source), forbidden)
            target, mode = placed(target)
            source = source if copies is None else copied(source, copies)
            if home and host_home and source.startswith(home):
                source = source.replace(home, host_home)
            volumes.append((source, f"{os.path.join(job_directory, target)}:{mode}"))
        return {
            "image_name": name,
            "image_url": url,
            "uid": self.uid,
            "gid": self.gid,
            "user_name": self.user,
            "working_dir": job_directory,
            "volumes": volumes,
            "runtime_options": self.checked_options(runtime_options or {}),
        }

    @staticmethod
    def add_default_mappings(mappings):
        """celeryconfig.py and datasets.json, into the job's directory, unless they are mapped already."""
        files = {
            "celeryconfig.py": os.environ.get("HYSDS_CELERY_CFG", app.conf.__file__),
            "datasets.json": os.environ.get("HYSDS_DATASETS_CFG"),
        }
        for name, file in files.items():
            if name not in mappings.values():
                mappings.setdefault(file, name)

    @staticmethod
    def checked_options(options):
        gpus = int(os.environ.get("HYSDS_GPU_AVAILABLE", 0))
        return {
            name: os.path.expandvars(value) if isinstance(value, str) else value
            for name, value in options.items()
            if name != "gpus" or gpus
        }
