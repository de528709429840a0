"""S3: hysds/osaka osaka/storage/s3.py, with what it makes of hosts, ports and regions.

Always HTTPS, whatever the scheme. A host that is the endpoint of a region means `s3://ENDPOINT/BUCKET/KEY`; every other
host is a bucket, whose region it asks for: a server that is no endpoint of AWS is found by AWS_ENDPOINT_URL only.
"""

import re
import tempfile
from functools import lru_cache
from urllib.parse import urlsplit

import backoff
import boto3
import botocore.exceptions
import botocore.session
import requests

from osaka.utils import LOGGER, OsakaException, OsakaFileNotFound

INSTANCE_DOCUMENT = "http://169.254.169.254/latest/dynamic/instance-identity/document"


@lru_cache(maxsize=1)
def endpoints():
    """Host and port of S3 in each region, as botocore is configured, and the default region."""
    session = botocore.session.get_session()
    found = {}
    for partition in session.get_available_partitions():
        for region in session.get_available_regions("s3", partition):
            found[region] = urlsplit(session.create_client("s3", region).meta.endpoint_url).netloc
    return found, session.get_config_variable("region")


def region_of_bucket(bucket, client=None):
    client = client or boto3.client("s3")
    try:
        answer = client.head_bucket(Bucket=bucket)
        region = answer["ResponseMetadata"]["HTTPHeaders"].get("x-amz-bucket-region")
        if region:
            return region
        try:
            return client.get_bucket_location(Bucket=bucket).get("LocationConstraint") or "us-east-1"
        except Exception as error:
            LOGGER.debug("no location of bucket %s: %s", bucket, error)
    except botocore.exceptions.ClientError as error:
        LOGGER.warning("no region of bucket %s: %s", bucket, error)
    return None


def region_of_instance():
    try:
        return requests.get(INSTANCE_DOCUMENT, timeout=1).json()["region"]
    except Exception as error:
        raise OsakaException("no region: neither AWS's configuration nor the instance names one") from error


@backoff.on_exception(backoff.expo, botocore.exceptions.NoCredentialsError, factor=4, max_time=32)
def with_credentials(call, **arguments):
    return call(**arguments)


class S3Storage:
    schemes = ("s3", "s3s")
    object_store = True

    def connect(self, uri, params):
        parsed = urlsplit(re.sub("^s3s?", "https", uri))
        known, default = endpoints()
        host = params.get("location", parsed.hostname)
        region = next((name for name, endpoint in known.items() if re.search(endpoint, host)), None)
        self.host_is_bucket = region is None
        self.regions = {}
        if self.host_is_bucket:
            detected = region_of_bucket(parsed.hostname)
            if detected:
                self.regions[parsed.hostname] = detected
            region = detected or default or region_of_instance()
        endpoint = f"https://{known.get(region) if self.host_is_bucket else parsed.hostname}"
        if parsed.port not in (None, 80, 443):
            endpoint += f":{parsed.port}"
        given = {
            "region_name": region,
            "aws_access_key_id": parsed.username or params.get("aws_access_key_id"),
            "aws_secret_access_key": parsed.password or params.get("aws_secret_access_key"),
            "profile_name": params.get("profile_name"),
        }
        options = {name: value for name, value in given.items() if value is not None}
        try:
            self.session = boto3.session.Session(**options)
        except botocore.exceptions.ProfileNotFound:
            options.pop("profile_name")
            self.session = boto3.session.Session(**options)
        self.s3 = self.session.resource("s3", endpoint_url=endpoint, use_ssl=True)

    def place(self, uri):
        parsed = urlsplit(uri)
        path = parsed.path.lstrip("/")
        if self.host_is_bucket:
            return parsed.hostname, path
        bucket, _, key = path.partition("/")
        return bucket, key

    def bucket(self, name, create):
        """The bucket in its own region, made where it is absent and something is to be written."""
        region = self.regions.get(name) or region_of_bucket(name, self.s3.meta.client)
        if region:
            self.regions[name] = region
            if self.s3.meta.client.meta.region_name != region:
                self.s3 = self.session.resource("s3", region_name=region)
        try:
            with_credentials(self.s3.meta.client.head_bucket, Bucket=name)
        except botocore.exceptions.ClientError as error:
            if int(error.response["Error"]["Code"]) == 404 and create:
                place = self.s3.meta.client.meta.region_name
                constraint = "" if place == "us-east-1" else place
                configuration = {"LocationConstraint": constraint}
                with_credentials(self.s3.create_bucket, Bucket=name, CreateBucketConfiguration=configuration)
        return self.s3.Bucket(name)

    def children(self, uri):
        name, key = self.place(uri)
        parsed = urlsplit(uri)
        base = f"{parsed.scheme}://" + ("" if self.host_is_bucket else f"{parsed.netloc}/")
        return [
            f"{base}{item.bucket_name}/{item.key}"
            for item in self.bucket(name, create=False).objects.filter(Prefix=key)
            if key == "" or item.key == key or item.key.startswith(f"{key}/")
        ]

    def exists(self, uri):
        return len(self.children(uri)) > 0

    def composite(self, uri):
        return self.children(uri) not in ([], [uri])

    def get(self, uri):
        name, key = self.place(uri)
        stream = tempfile.TemporaryFile(prefix="osaka-s3-")
        try:
            self.bucket(name, create=False).Object(key).download_fileobj(stream)
        except botocore.exceptions.ClientError as error:
            if "Not Found" in str(error):
                raise OsakaFileNotFound(f"{uri} does not exist") from error
            raise
        stream.seek(0)
        return stream

    def put(self, stream, uri):
        name, key = self.place(uri)
        self.bucket(name, create=True).Object(key).upload_fileobj(stream)

    def remove(self, uri):
        name, key = self.place(uri)
        self.bucket(name, create=False).Object(key).delete()
