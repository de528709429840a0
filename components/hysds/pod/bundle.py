"""Unpacks the bundle of code and configuration that hysds-ops ship has put into S3, if there is one."""

import io
import os
import pathlib
import shutil
import tarfile

import boto3
from botocore.exceptions import ClientError


def read_bundle(bucket, key):
    """The archive; None when nothing was shipped yet."""
    try:
        return boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as failure:
        if failure.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return None
        raise


def main():
    target = pathlib.Path(os.environ["BUNDLE_DIRECTORY"])
    archive = read_bundle(os.environ["BUNDLE_BUCKET"], os.environ["BUNDLE_KEY"])
    if archive is None:
        print("nothing was shipped")
    else:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            tar.extractall(target, filter="data")
            print(f"unpacked {len(tar.getnames())} files and directories")
    datasets = target / "etc" / "datasets.json"
    if not datasets.exists():
        datasets.parent.mkdir(exist_ok=True)
        shutil.copyfile(os.environ["STACK_DATASETS"], datasets)


main()
