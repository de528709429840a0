"""Container engines of job workers: hysds/hysds hysds/containers."""

from hysds.containers.docker import Docker
from hysds.containers.podman import Podman

ENGINES = {"docker": Docker, "podman": Podman}


def container_engine_factory(engine):
    """Raises ValueError for an engine that HySDS does not know."""
    if engine not in ENGINES:
        raise ValueError(f"Unsupported container engine: {engine}")
    return ENGINES[engine]()
