"""Publishes, finds, downloads and removes one file as a job does, with the files of ~/.aws and nothing else; as JSON."""

import json
import pathlib
import sys
import urllib.parse

import boto3
import urllib3.util.connection
from botocore.config import Config
from botocore.exceptions import ClientError, SSLError
from botocore import UNSIGNED

location, server_port, folder = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])

connect = urllib3.util.connection.create_connection
addresses = []


def to_loopback(address, *args, **kwargs):
    """The name of the Service and its port, as the cluster would resolve them."""
    addresses.append(list(address))
    return connect(("127.0.0.1", server_port), *args, **kwargs)


urllib3.util.connection.create_connection = to_loopback


def refusal(operation):
    try:
        operation()
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]
    except SSLError:
        return "certificate"
    return "none"


bucket, key = urllib.parse.urlsplit(location).path.lstrip("/").split("/", 1)
content = bytes(range(256)) * 2**16
source, copy = folder / "source", folder / "copy"
source.write_bytes(content)

s3 = boto3.resource("s3")
objects = s3.Bucket(bucket).objects.filter(Prefix=key)
answers = {"before": [each.key for each in objects]}
# 16 MiB: in parts.
s3.Bucket(bucket).Object(f"{key}/data.bin").upload_file(str(source))
answers["after"] = [[each.key.removeprefix(key), each.size] for each in objects]
s3.Bucket(bucket).Object(f"{key}/data.bin").download_file(str(copy))
answers["same"] = copy.read_bytes() == content
# HySDS's storage library signs for the first region that it knows, and relies on being told the right one.
other_region = boto3.client("s3", region_name="eu-west-1")
answers["otherRegion"] = other_region.list_objects_v2(Bucket=bucket, Prefix=key)["KeyCount"]
answers["anonymous"] = refusal(
    lambda: boto3.client("s3", config=Config(signature_version=UNSIGNED)).list_objects_v2(Bucket=bucket)
)
answers["wrongKey"] = refusal(
    lambda: boto3.client("s3", aws_access_key_id="hysds", aws_secret_access_key="wrong").list_objects_v2(Bucket=bucket)
)
answers["publicAuthorities"] = refusal(
    lambda: boto3.client("s3", verify=__import__("certifi").where()).list_objects_v2(Bucket=bucket)
)
s3.Bucket(bucket).Object(f"{key}/data.bin").delete()
answers["removed"] = [each.key for each in objects]
answers["connections"] = sorted({f"{host}:{port}" for host, port in addresses})
print(json.dumps(answers))
