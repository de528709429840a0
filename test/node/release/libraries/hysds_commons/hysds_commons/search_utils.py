"""Search clients: hysds/hysds_commons hysds_commons/search_utils.py.

Every request is tried again for up to 34 seconds whatever the answer is, an absent document included, unless the
caller ignores that status. Credentials are always read from ~/.netrc-os, which must be there with mode 0600.
"""

import netrc
from pathlib import Path

import backoff

OPEN_INDICES = {"ignore_unavailable": True, "allow_no_indices": True, "expand_wildcards": "open"}
PAGE = 1000
LARGEST_RESULT = 10000


class JitteredBackoffException(Exception):
    """A request that failed until there was no more time for it."""


def jittered_backoff_class_factory(connection_class):
    """A connection whose requests are repeated. It prints each failure, with the request's arguments."""

    class JitteredBackoffConnection(connection_class):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            logger = options.get("logger")

            def on_backoff(details):
                logger.error("again in %(wait)0.1f s after %(tries)d tries: %(args)s %(kwargs)s", details)

            @backoff.on_exception(
                backoff.expo,
                Exception,
                max_value=options.get("max_value", 13),
                max_time=options.get("max_time", 34),
                on_backoff=on_backoff,
            )
            def perform(*request, **details):
                try:
                    return connection_class.perform_request(self, *request, **details)
                except Exception as error:
                    logger.error("Exception occurred: %s", error)
                    raise JitteredBackoffException(f"Exception occurred: {error}") from error

            self.perform = perform

        def perform_request(self, method, url, params=None, body=None, timeout=None, ignore=(), headers=None):
            return self.perform(
                method, url, params=params, body=body, timeout=timeout, ignore=ignore, headers=headers
            )

    return JitteredBackoffConnection


def get_creds(entry, path="~/.netrc-os"):
    """User and password of an entry.

    Raises FileNotFoundError without the file, AttributeError when others may read it (the original means to log that,
    by a logger that it does not have), KeyError without the entry.
    """
    file = Path(path).expanduser()
    entries = netrc.netrc(file)
    if file.stat().st_mode & 0o7777 != 0o600:
        raise AttributeError(f"{file} must have mode 0600")
    found = entries.authenticators(entry)
    if found is None:
        raise KeyError(f"{file} has no entry {entry}")
    return found[0], found[2]


class SearchUtility:
    """What HySDS asks of a search cluster, the same for both engines."""

    def __init__(self, es):
        self.es = es

    def index_document(self, **request):
        return self.es.index(**request)

    def update_document(self, **request):
        return self.es.update(**request)

    def delete_by_id(self, **request):
        return self.es.delete(**request)

    def get_by_id(self, **request):
        return self.es.get(**request)

    def search(self, **request):
        return self.es.search(**{**OPEN_INDICES, **request})

    def get_count(self, **request):
        return self.es.count(**{**OPEN_INDICES, **request})["count"]

    def msearch(self, searches, **request):
        lines = []
        for header, body in searches:
            lines += [{**OPEN_INDICES, **header}, body]
        return self.es.msearch(body=lines, **request)["responses"] if lines else []

    def search_by_id(self, *, id, index, ignore=None, **request):
        """The newest document of an id behind an alias. Raises ValueError when there is none and 404 is not ignored."""
        body = {"query": {"bool": {"must": [{"term": {"_id": id}}]}}}
        sort = request.pop("sort", "@timestamp:desc")
        hits = self.search(index=index, body=body, sort=sort, ignore=ignore or (), **request)["hits"]["hits"]
        if hits:
            return {**hits[0], "found": True}
        if ignore == 404 or (isinstance(ignore, list) and 404 in ignore):
            return {"_index": index, "_id": id, "found": False}
        raise ValueError(f"{id} is not in {index}")

    def query(self, *, body=None, size=None, **request):
        """All hits, page by page until one is empty.

        Raises NotImplementedError above 10,000, where the original pages by point in time.
        """
        size = size or (body or {}).get("size", PAGE)
        found = []
        while True:
            answer = self.search(body=body, size=size, from_=len(found), **request)["hits"]
            if answer["total"]["value"] >= LARGEST_RESULT:
                raise NotImplementedError(
                    f"the stand-in does not page through {answer['total']['value']} hits"
                )
            if not answer["hits"]:
                return found
            found += answer["hits"]
