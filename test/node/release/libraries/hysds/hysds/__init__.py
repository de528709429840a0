"""Stand-in for hysds/hysds: job workers, orchestrator, rules, as README.md of this release says."""

from importlib.metadata import version

__version__ = version("hysds")
