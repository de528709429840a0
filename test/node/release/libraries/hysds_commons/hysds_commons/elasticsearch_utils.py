"""The client for Elasticsearch: hysds/hysds_commons hysds_commons/elasticsearch_utils.py."""

from elasticsearch import Elasticsearch, RequestsHttpConnection

from hysds_commons.log_utils import logger
from hysds_commons.search_utils import (
    SearchUtility,
    get_creds,
    jittered_backoff_class_factory,
)


class ElasticsearchUtility(SearchUtility):
    engine = "elasticsearch"

    def __init__(self, host, **options):
        super().__init__(
            Elasticsearch(
                hosts=host if isinstance(host, list) else [host],
                verify_certs=False,
                ssl_show_warn=False,
                connection_class=jittered_backoff_class_factory(RequestsHttpConnection),
                connection_class_params={"max_value": 13, "max_time": 34, "logger": logger},
                http_auth=get_creds("default"),
                **options,
            )
        )
