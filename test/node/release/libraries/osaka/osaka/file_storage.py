"""Local files: hysds/osaka osaka/storage/file.py."""

import os
import shutil
from urllib.parse import urlsplit

from osaka.utils import OsakaFileNotFound


def path_of(uri):
    """Only absolute paths: a host in a `file:` URL is refused."""
    if uri.startswith("file:") and not uri.startswith("file:///"):
        raise ValueError(f"{uri}: a file URL has three slashes and an absolute path")
    return urlsplit(uri).path


class FileStorage:
    schemes = ("", "file")
    object_store = False

    def connect(self, uri, params):
        pass

    def exists(self, uri):
        return os.path.exists(path_of(uri))

    def composite(self, uri):
        return os.path.isdir(path_of(uri))

    def children(self, uri):
        return [
            os.path.join(root, name) for root, _, names in os.walk(path_of(uri)) for name in sorted(names)
        ]

    def get(self, uri):
        try:
            return open(path_of(uri), "rb")
        except FileNotFoundError:
            raise OsakaFileNotFound(f"{uri} does not exist") from None

    def put(self, stream, uri):
        path = path_of(uri)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "wb") as target:
            shutil.copyfileobj(stream, target)

    def remove(self, uri):
        path = path_of(uri)
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
