"""The lock beside a destination while it is written: hysds/osaka osaka/lock.py and cooperator.py.

It is an object of its own, `NAME.osaka.locked.json`. A transfer that dies leaves it there: another one from the same
source waits for ever, one from another source fails.
"""

import io
import json
import os
import socket
import time

from osaka.utils import (
    CooperationNotPossibleException,
    OsakaException,
    OsakaFileNotFound,
)

SECRET = "stand-in"


class Lock:
    def __init__(self, uri, storage):
        self.uri = f"{uri.rstrip('/')}.osaka.locked.json"
        self.storage = storage

    def read(self):
        try:
            with self.storage.get(self.uri) as stream:
                return json.load(stream)
        except (OsakaFileNotFound, ValueError):
            return {}

    def write(self, content):
        self.storage.put(io.BytesIO(json.dumps(content).encode()), self.uri)

    def held(self):
        try:
            return "osaka-lock-secret" in self.read()
        except Exception:
            return False

    def around(self, source, transfer):
        """Makes the transfer with the lock, or waits for whoever makes the same one."""
        if self.storage.exists(self.uri):
            self.wait_for(source)
            return
        host = socket.getfqdn()
        content = {"pid": os.getpid(), "hostname": host, "osaka-lock-secret": SECRET, "source": source}
        self.write(content)
        try:
            transfer()
        except Exception as error:
            self.write({**content, "error": f"{type(error)}{error}"})
            raise
        self.storage.remove(self.uri)

    def wait_for(self, source):
        holder = self.read()
        if holder.get("source") != source:
            raise CooperationNotPossibleException(f"{self.uri} is held by a transfer from elsewhere")
        while True:
            error = self.read().get("error")
            if error is not None:
                raise OsakaException(f"the transfer that holds {self.uri} failed: {error}")
            if not self.held():
                return
            time.sleep(0.5)
