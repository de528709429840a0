"""Datasets in a directory, and what datasets.json says of one: hysds/hysds hysds/recognize.py and utils.py."""

import json
import os
import re
import socket

DATASET_FILE = re.compile(r"^(.*)\.dataset\.json$")


class RecognizerError(Exception):
    """No entry of datasets.json matches."""


def dataset_directories(directory):
    """Directories that have a `NAME.dataset.json` of their own name."""
    found = []
    for root, names, files in os.walk(directory, followlinks=True):
        names.sort()
        for file in sorted(files):
            match = DATASET_FILE.search(file)
            if match and os.path.join(os.path.dirname(root), match.group(1)) == root:
                found.append(root)
    return found


class Recognizer:
    """The first entry of datasets.json whose pattern finds a dataset's path; its fields are templates."""

    def __init__(self, file, path, identity, version):
        with open(file) as stream:
            entries = json.load(stream)["datasets"]
        self.values = {"hostname": socket.getfqdn()}
        for entry in entries:
            match = re.search(entry["match_pattern"], path)
            other = entry.get("alt_match_pattern")
            if match and (other is None or self.alternative(other, path)):
                defaults = {"version": version, "level": entry["level"], "type": entry["type"]}
                self.values = {**defaults, **match.groupdict(), **self.values}
                self.entry = entry
                return
        raise RecognizerError(f"No dataset configured for {path}. Check {file}.")

    def alternative(self, pattern, path):
        """Whether a second pattern finds the path, or that of a file in it."""
        places = [path, *(os.path.join(path, name) for name in os.listdir(path))]
        match = next(filter(None, (re.search(pattern, place) for place in places)), None)
        if match:
            self.values.update(match.groupdict())
        return match is not None

    def filled(self, template):
        return template.format(**self.values)

    @property
    def ipath(self):
        return self.filled(self.entry["ipath"])

    @property
    def extractor(self):
        extractor = self.entry.get("extractor")
        return os.path.expandvars(extractor) if isinstance(extractor, str) else extractor

    def configured(self, part):
        return part in self.entry

    def location(self, part):
        return self.filled(self.entry[part]["location"])

    def urls(self, part):
        return [self.filled(url) for url in self.entry[part]["urls"]]

    def osaka_params(self, part):
        """A profile goes before keys; without both, credentials are the process's."""
        place = self.entry[part]
        if place.get("s3-profile-name") is not None:
            return {"profile_name": place["s3-profile-name"]}
        secret, key = place.get("s3-secret-key"), place.get("s3-api-key")
        if secret is None or key is None:
            return {}
        return {"aws_access_key_id": key, "aws_secret_access_key": secret}
