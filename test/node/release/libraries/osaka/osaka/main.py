"""What HySDS calls: hysds/osaka osaka/main.py and transfer.py."""

import importlib
import os
from functools import lru_cache
from urllib.parse import urlsplit

from osaka.file_storage import FileStorage
from osaka.http_storage import HttpStorage
from osaka.lock import Lock
from osaka.s3_storage import S3Storage
from osaka.utils import LOGGER, NoClobberException, OsakaException

STORAGES = (FileStorage, HttpStorage, S3Storage)

#: Of storages that are not here: the original imports them all with the first that it wants.
LIBRARIES = ("azure.identity", "azure.storage.blob", "easywebdav", "google.cloud.storage")


@lru_cache(maxsize=1)
def load_libraries():
    for name in LIBRARIES:
        importlib.import_module(name)


def storage_of(url):
    load_libraries()
    scheme = urlsplit(url).scheme
    for kind in STORAGES:
        if scheme in kind.schemes:
            return kind()
    raise OsakaException(f"nothing here can handle {scheme}:")


def supported(url):
    try:
        storage_of(url)
    except OsakaException:
        return False
    return True


def transfer(source, destination, params=None, noclobber=False):
    """Moves one file, or all below a directory or prefix; into the destination where that is a directory."""
    source, destination = source.rstrip("/"), destination.rstrip("/")
    LOGGER.info("transfer from %s to %s", source, destination)
    origin, target = storage_of(source), storage_of(destination)
    origin.connect(source, params or {})
    target.connect(destination, params or {})
    if target.exists(destination) and target.composite(destination):
        destination = os.path.join(destination, os.path.basename(source))
    if source == destination:
        raise OsakaException(f"{source} is source and destination")
    if noclobber and target.exists(destination):
        raise NoClobberException(f"{destination} is there already")
    if Lock(source, origin).held():
        raise OsakaException(f"{source} is still being written")

    def one_by_one():
        single = not origin.composite(source)
        for uri in [source] if single else origin.children(source):
            place = destination if single else os.path.join(destination, os.path.relpath(uri, source))
            with origin.get(uri) as stream:
                target.put(stream, place)

    Lock(destination, target).around(source, one_by_one)


def get(url, path, params=None, noclobber=False):
    transfer(url, path, params, noclobber)


def put(path, url, params=None, noclobber=False):
    transfer(path, url, params, noclobber)


def rmall(url, params=None):
    """Removes what is at a URL and below it."""
    url = url.rstrip("/")
    storage = storage_of(url)
    storage.connect(url, params or {})
    if Lock(url, storage).held():
        raise OsakaException(f"{url} is still being written")
    nested = storage.composite(url)
    if nested and storage.object_store:
        for child in storage.children(url):
            storage.remove(child)
    else:
        storage.remove(url)
