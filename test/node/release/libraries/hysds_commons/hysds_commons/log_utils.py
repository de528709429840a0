"""Configures logging when it is imported: hysds/hysds_commons hysds_commons/log_utils.py."""

import logging

FORMAT = "[%(asctime)s: %(levelname)s %(filename)s:%(funcName)s] %(message)s"
logging.basicConfig(format=FORMAT, level=logging.INFO)
logger = logging.getLogger("hysds_commons")
