"""CPU, memory, disks and network of a machine, for Metrics: hysds/hysds scripts/log_instance_stats.py."""

import argparse
import json
import logging
import socket
import time
from datetime import datetime, timezone

import msgpack
import psutil
from redis import BlockingConnectionPool, StrictRedis

from hysds.celery import app

logging.basicConfig(format="[%(asctime)s: %(levelname)s/log_instance_stats] %(message)s", level=logging.INFO)


def disks():
    found = {"all": []}
    for device, mount_point, fs_type, fs_opts, *_ in psutil.disk_partitions():
        disk = {"device": device, "mount_point": mount_point, "fs_type": fs_type, "fs_opts": fs_opts}
        try:
            disk.update(psutil.disk_usage(mount_point)._asdict())
        except OSError as error:
            logging.error("disk usage of %s: %s", mount_point, error)
            continue
        found["all"].append(disk)
        if mount_point in ("/", "/data"):
            found["root" if mount_point == "/" else "data"] = disk
    return found


def measured():
    return {
        "host": socket.getfqdn(),
        "host_up": 1,
        "per_cpu": psutil.cpu_percent(interval=1, percpu=True),
        "cpu": psutil.cpu_percent(interval=1),
        "memory": psutil.virtual_memory()._asdict(),
        "swap": psutil.swap_memory()._asdict(),
        "disk": disks(),
        "disk_io": psutil.disk_io_counters()._asdict(),
        "net_io": psutil.net_io_counters()._asdict(),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--redis_url", default=app.conf.REDIS_INSTANCE_METRICS_URL)
    parser.add_argument("--redis_key", default=app.conf.REDIS_INSTANCE_METRICS_KEY)
    parser.add_argument("--interval", type=int, default=600)
    given = parser.parse_args()
    pool = BlockingConnectionPool.from_url(given.redis_url, ssl_cert_reqs="none")
    ciphers = app.conf.get("broker_use_ssl", {}).get("ciphers")
    redis = StrictRedis(connection_pool=pool, ssl_ciphers=ciphers)
    while True:
        moment = datetime.now(timezone.utc).replace(tzinfo=None).isoformat()
        document = {
            "type": "instance_stats",
            "@version": "1",
            "@timestamp": f"{moment}Z",
            "stats": measured(),
        }
        redis.rpush(given.redis_key, msgpack.dumps(document))
        logging.info("instance_stats:%s", json.dumps(document))
        time.sleep(given.interval)


if __name__ == "__main__":
    main()
