"""Connections to Redis as hysds/hysds hysds/log_utils.py opens them.

Every pool is given `ssl_cert_reqs`, which redis-py refuses for a URL without TLS, but for those that the original
opens by REDIS_UNIX_DOMAIN_SOCKET. Every client is given `ssl_ciphers` of `broker_use_ssl`, which must be a dictionary.
"""

from functools import lru_cache

import backoff
from redis import BlockingConnectionPool, RedisError, StrictRedis

from hysds.celery import app

SOCKET = "REDIS_UNIX_DOMAIN_SOCKET"


def backoff_max_value():
    return app.conf.BACKOFF_MAX_VALUE


def backoff_max_tries():
    return app.conf.BACKOFF_MAX_TRIES


def retried(*errors):
    """Tries again as often as BACKOFF_MAX_TRIES says, BACKOFF_MAX_VALUE seconds apart at most."""
    return backoff.on_exception(
        backoff.expo, errors, max_tries=backoff_max_tries, max_value=backoff_max_value
    )


with_redis = retried(RedisError)


@lru_cache(maxsize=None)
def pool(setting):
    options = {} if setting == SOCKET else {"ssl_cert_reqs": "none"}
    return BlockingConnectionPool.from_url(app.conf[setting], **options)


def redis(setting="REDIS_JOB_STATUS_URL"):
    """A client of the server that a setting names."""
    ciphers = app.conf.get("broker_use_ssl", {}).get("ciphers")
    return StrictRedis(connection_pool=pool(setting), ssl_ciphers=ciphers)


@with_redis
def text(key, setting="REDIS_JOB_STATUS_URL"):
    """The value of a key, or None."""
    value = redis(setting).get(key)
    return value if value is None else value.decode()
