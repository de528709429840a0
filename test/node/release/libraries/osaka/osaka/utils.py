"""Errors of transfers, as hysds/osaka osaka/utils.py names them."""

import logging

LOGGER = logging.getLogger("osaka")


class OsakaException(Exception):
    """A transfer cannot be made."""


class CooperationNotPossibleException(OsakaException):
    """Another transfer, from elsewhere, has the destination's lock."""


class NoClobberException(OsakaException):
    """The destination is there already and is not to be overwritten."""


class OsakaFileNotFound(OsakaException):
    """The source is not there."""
