"""The client for OpenSearch: hysds/hysds_commons hysds_commons/opensearch_utils.py.

`use_ssl` turns `http://` URLs into HTTPS: a host without TLS must be a dictionary that says so.
"""

from opensearchpy import OpenSearch, RequestsHttpConnection

from hysds_commons.log_utils import logger
from hysds_commons.search_utils import (
    SearchUtility,
    get_creds,
    jittered_backoff_class_factory,
)


class OpenSearchUtility(SearchUtility):
    engine = "opensearch"

    def __init__(self, host, **options):
        super().__init__(
            OpenSearch(
                hosts=host if isinstance(host, list) else [host],
                use_ssl=True,
                verify_certs=False,
                ssl_assert_hostname=False,
                ssl_show_warn=False,
                connection_class=jittered_backoff_class_factory(RequestsHttpConnection),
                connection_class_params={"max_value": 13, "max_time": 34, "logger": logger},
                http_auth=get_creds("default"),
                **options,
            )
        )
