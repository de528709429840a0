"""Libraries that an original imports when it starts, and that its stand-in has no use for."""

import importlib


def need(*names):
    """Imports them. Raises ImportError for one that the image does not have, as the original would."""
    for name in names:
        importlib.import_module(name)
