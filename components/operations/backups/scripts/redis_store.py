"""Redis or Valkey in the cluster: its RDB file, dumped by its own client and read again by its own server.

`dump` in store.json is the file that the client wrote, or that a server beside this process reads; `loaded` is that
server. ElastiCache takes its snapshots by itself: there only `restore` is of use, with the host of a group that was
made from one.
"""

import pathlib

import redis

from failure import Failure
from keeping import place

BATCH = 500


class RedisStore:
    def __init__(self, definition):
        self.definition = definition
        self.dump = pathlib.Path(definition.get("dump", ""))
        self.place = place(definition["place"], ".rdb") if "place" in definition else None

    def take(self, name):
        content = self.dump.read_bytes()
        if not content.startswith((b"REDIS", b"VALKEY")):
            raise Failure(f"{self.dump} is no RDB file")
        self.place.put(name, content)
        return name

    def list(self):
        return self.place.list()

    def prune(self, oldest):
        return self.place.prune(oldest)

    def fetch(self, name):
        self.dump.write_bytes(self.place.get(name))

    def overwrites(self, _name, given):
        self._read_from(given)
        now, then = _sizes(self._live()), _sizes(self._loaded())
        return [
            {"what": f"keys of database {database}", "now": now.get(database, 0), "backup": then.get(database, 0)}
            for database in sorted({*now, *then})
        ]

    def restore(self, _name, given):
        """Key by key, as DUMP and RESTORE carry them with their times to live; what is there goes first."""
        self._read_from(given)
        then = _sizes(self._loaded())
        try:
            self._live().flushall()
            return [f"{self._copy(database)} keys of database {database}" for database in sorted(then)]
        except redis.RedisError as error:
            raise Failure(f"restore into {self.definition['host']}: {error}") from error

    def _copy(self, database):
        source, target = self._loaded(database), self._live(database)
        batch, copied = [], 0
        for key in source.scan_iter(count=BATCH):
            batch.append(key)
            if len(batch) == BATCH:
                copied += _move(source, target, batch)
                batch = []
        return copied + _move(source, target, batch)

    def _read_from(self, given):
        if given.from_host:
            self.definition["loaded"]["host"] = given.from_host
        if "host" not in self.definition["loaded"]:
            raise Failure("say --from-host: the primary endpoint of a group that was made from the snapshot")

    def _live(self, database=0):
        return _connect(self.definition, database, self.definition["password"])

    def _loaded(self, database=0):
        return _connect(self.definition["loaded"], database)


def _connect(address, database, password=None):
    return redis.Redis(address["host"], address["port"], database, password, ssl=address.get("tls", False))


def _sizes(server):
    """Keys by database."""
    try:
        keyspace = server.info("keyspace")
    except redis.RedisError as error:
        raise Failure(f"{server.connection_pool.connection_kwargs['host']}: {error}") from error
    return {int(name.removeprefix("db")): counts["keys"] for name, counts in keyspace.items()}


def _move(source, target, keys):
    if not keys:
        return 0
    reading = source.pipeline(transaction=False)
    for key in keys:
        reading.dump(key)
        reading.pttl(key)
    answers = reading.execute()
    writing = target.pipeline(transaction=False)
    copied = 0
    for key, value, ttl in zip(keys, answers[::2], answers[1::2]):
        # A key that ran out between the scan and the dump has no value.
        if value is not None:
            writing.restore(key, max(ttl, 0), value, replace=True)
            copied += 1
    writing.execute()
    return copied


def open_store(definition):
    return RedisStore(definition)
