"""A failed job's files as a dataset of type triaged_job: hysds/hysds hysds/triage.py. Job types name it in `post`."""

import json
import os
import shutil
from datetime import datetime, timezone
from glob import glob

import hysds
from hysds.celery import app
from hysds.dataset_ingest import publish_dataset
from hysds.log_utils import logger, now
from hysds.utils import makedirs


def triage(job, context):
    info = job["job_info"]
    info.setdefault("time_start", now())
    if info["status"] == 0 or context.get("_triage_disabled", False):
        logger.info("No need to triage: exit code %s", info["status"])
        return True
    form = context.get("_triage_id_format", "triaged_job-{job_id}_task-{job[task_id]}")
    identity = form.format(job_id=info["id"], job=job, job_context=context)
    directory = os.path.join(info["job_dir"], identity)
    makedirs(directory)
    dataset = {"version": f"v{hysds.__version__}", "label": f"triage for job {info['id']}"}
    partition = app.conf.get("TRIAGE_PARTITION_FORMAT", None)
    if partition:
        day = datetime.now(timezone.utc).strftime(partition)
        dataset["index"] = {"suffix": f"{dataset['version']}_{day}_triaged_job"}
    for name, key in (("starttime", "cmd_start"), ("endtime", "cmd_end")):
        if key in info:
            dataset[name] = info[key]
    for suffix, content in (("dataset", dataset), ("met", info)):
        with open(os.path.join(directory, f"{identity}.{suffix}.json"), "w") as stream:
            json.dump(content, stream, sort_keys=True, indent=2)
    for pattern in ("_*", "*.log", *context.get("_triage_additional_globs", [])):
        for path in glob(os.path.join(info["job_dir"], pattern)):
            target = os.path.join(directory, os.path.basename(path))
            if os.path.isdir(path):
                shutil.copytree(path, target, dirs_exist_ok=True)
            else:
                shutil.copy(path, target)
    context["_force_ingest"] = True
    document = publish_dataset(directory, job, context)
    with open(os.path.join(info["job_dir"], "_triaged.json"), "w") as stream:
        json.dump(document, stream, indent=2, sort_keys=True)
    return True
