"""An HTTP API that speaks JSON, with basic authentication where the store has credentials."""

import base64
import json
import time
import urllib.error
import urllib.request

from failure import Failure

RETRIED = {429, 502, 503, 504}
ATTEMPTS = 5
ANSWER_LENGTH = 2000


class HttpApi:
    def __init__(self, definition, delay=5):
        self.url = definition["url"]
        self.delay = delay
        self.headers = {"Content-Type": "application/json"}
        if definition.get("password") is not None:
            userinfo = f"{definition.get('username', '')}:{definition['password']}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(userinfo.encode()).decode()

    def ask(self, method, path, body=None, accepted=()):
        """Returns the answer; raises Failure for an error that is not among those accepted, for which it is None."""
        for attempt in range(1, ATTEMPTS + 1):
            status, answer = self._once(method, path, body)
            if status is not None and status not in RETRIED:
                break
            if attempt < ATTEMPTS:
                time.sleep(self.delay)
        if status in accepted:
            return None
        if status is None or status >= 400:
            raise Failure(f"{method} {self.url}{path}: {status or 'no answer'}: {answer[:ANSWER_LENGTH]}")
        return json.loads(answer) if answer.strip() else None

    def _once(self, method, path, body):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except OSError as error:
            return None, str(error)
