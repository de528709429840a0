"""What a worker says of its machine: get_facts in hysds/hysds hysds/job_worker.py.

From `facter --json` where there is one on the PATH, else what the resolver says.
"""

import json
import socket
from functools import lru_cache
from subprocess import CalledProcessError, check_output

import requests

#: Instance metadata, version 1.
INSTANCE_DATA = "http://169.254.169.254/latest/meta-data"

INSTANCE_FACTS = {
    "placement/availability-zone": "ec2_placement_availability_zone",
    "instance-id": "ec2_instance_id",
    "instance-type": "ec2_instance_type",
}


@lru_cache(maxsize=1)
def get_facts():
    facts = {}
    try:
        facts.update(json.loads(check_output(["facter", "--json"])))
    except (OSError, CalledProcessError):
        pass
    names = ("ec2_public_hostname", "ec2_public_ipv4", "fqdn")
    facts["hysds_execute_node"] = next((facts[name] for name in names if name in facts), socket.getfqdn())
    addresses = ("ec2_public_ipv4", "ipaddress_eth0", "ipaddress")
    facts["hysds_public_ip"] = next((facts[name] for name in addresses if name in facts), None) or address()
    return facts


def address():
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return ""


def instance_facts():
    """Asks the metadata service, a second a question, and leaves out what it does not answer."""
    facts = {}
    for path, name in INSTANCE_FACTS.items():
        try:
            answer = requests.get(f"{INSTANCE_DATA}/{path}", timeout=1)
            if answer.status_code == 200:
                facts[name] = answer.text
        except requests.RequestException:
            pass
    return facts
