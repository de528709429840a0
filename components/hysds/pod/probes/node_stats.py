"""Runs HySDS's log_instance_stats.py under the name of the node: a pod's own name says nothing of the machine."""

import os
import runpy
import socket
import sys

socket.getfqdn = lambda name="": os.environ["NODE_NAME"]
sys.argv = sys.argv[1:]
sys.path.insert(0, os.path.dirname(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name="__main__")
