"""Where files of backups are kept: a folder on a volume, or a bucket in S3."""

import datetime
import os
import pathlib
import re

from failure import Failure

NAME = re.compile(r"hysds-\d{8}-\d{6}")


def place(definition, suffix):
    if "bucket" in definition:
        return Bucket(definition["bucket"], definition["prefix"], suffix)
    return Folder(pathlib.Path(definition["folder"]), suffix)


def checked(name):
    """A name that cannot lead anywhere else."""
    if not NAME.fullmatch(name):
        raise Failure(f"{name} is not the name of a backup: they are like hysds-20260131-031500")
    return name


def described(name, time, size):
    return {"name": name, "time": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "bytes": size, "state": "complete"}


class Folder:
    def __init__(self, folder, suffix):
        self.folder = folder
        self.suffix = suffix

    def put(self, name, content):
        """Whole or not at all, for nobody but the owner to read."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(name)
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)

    def get(self, name):
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise Failure(f"there is no backup {name}") from None

    def list(self):
        found = sorted(path for path in self.folder.glob(f"hysds-*{self.suffix}"))
        return [described(path.name.removesuffix(self.suffix), _time(path), path.stat().st_size) for path in found]

    def prune(self, oldest):
        """Removes what is older, and never the newest."""
        old = [path for path in sorted(self.folder.glob(f"hysds-*{self.suffix}"))[:-1] if _time(path) < oldest]
        for path in old:
            path.unlink()
        return [path.name.removesuffix(self.suffix) for path in old]

    def _path(self, name):
        return self.folder / (checked(name) + self.suffix)


def _time(path):
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.timezone.utc)


class Bucket:
    """Old objects are removed by the bucket's lifecycle: who writes backups need not be able to delete them."""

    def __init__(self, bucket, prefix, suffix):
        import boto3

        self.client = boto3.client("s3")
        self.bucket = bucket
        self.prefix = prefix
        self.suffix = suffix

    def put(self, name, content):
        self._call("put_object", Key=self._key(name), Body=content)

    def get(self, name):
        return self._call("get_object", Key=self._key(name))["Body"].read()

    def list(self):
        found, more = [], {}
        while True:
            page = self._call("list_objects_v2", Prefix=self.prefix, **more)
            found += page.get("Contents", [])
            if not page["IsTruncated"]:
                return [self._described(item) for item in found if item["Key"].endswith(self.suffix)]
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def prune(self, oldest):
        return []

    def _described(self, item):
        name = item["Key"].removeprefix(self.prefix).removesuffix(self.suffix)
        return described(name, item["LastModified"], item["Size"])

    def _key(self, name):
        return self.prefix + checked(name) + self.suffix

    def _call(self, operation, **parameters):
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self.client, operation)(Bucket=self.bucket, **parameters)
        except (BotoCoreError, ClientError) as error:
            raise Failure(f"{operation} in bucket {self.bucket}: {error}") from error
