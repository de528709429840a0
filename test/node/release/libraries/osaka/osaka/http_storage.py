"""HTTP, for reading: hysds/osaka osaka/storage/http.py. Certificates are not verified; ~/.netrc has the credentials."""

import requests

from osaka.utils import OsakaException, OsakaFileNotFound

TIMEOUT_SECONDS = 1800.0

requests.packages.urllib3.disable_warnings()


class HttpStorage:
    schemes = ("http", "https")
    object_store = False

    def connect(self, uri, params):
        self.timeout = params.get("timeout", TIMEOUT_SECONDS)
        self.session = requests.Session()

    def ask(self, uri):
        answer = self.session.get(uri, stream=True, verify=False, timeout=self.timeout)
        if answer.status_code == 404:
            raise OsakaFileNotFound(f"{uri} does not exist")
        answer.raise_for_status()
        return answer

    def exists(self, uri):
        try:
            self.ask(uri).close()
        except OsakaFileNotFound:
            return False
        return True

    def composite(self, uri):
        """A WebDAV directory would be one; the stand-in knows single files only."""
        return False

    def get(self, uri):
        return self.ask(uri).raw

    def put(self, stream, uri):
        raise OsakaException("osaka does not write by HTTP")

    def remove(self, uri):
        raise OsakaException("osaka does not remove by HTTP")
