import { renderNetrc, SearchFlavour } from "./search-flavour";

const USERNAME = "elastic";

/**
 * Basic security is on; HTTP is in plain text for the same reason as OpenSearch's. A node that found itself alone by
 * `single-node` needs no TLS between nodes
 * (https://www.elastic.co/guide/en/elasticsearch/reference/7.10/bootstrap-checks-xpack.html). Machine learning is off:
 * it is not in the basic licence, and takes memory outside the heap.
 */
const ELASTICSEARCH_YML = `cluster.name: hysds
discovery.type: single-node
http.host: 0.0.0.0
transport.host: 127.0.0.1
node.store.allow_mmap: false
xpack.security.enabled: true
xpack.ml.enabled: false
`;

const PREPARE = `set -eu
cp -R /usr/share/elasticsearch/config/. /prepared/
cp /rendered/elasticsearch.yml /prepared/elasticsearch.yml
`;

/** Elasticsearch 7.10. The entrypoint puts ELASTIC_PASSWORD into the node's key store as the bootstrap password. */
export const elasticsearch: SearchFlavour = {
    username: USERNAME,
    home: "/usr/share/elasticsearch",
    config: { "elasticsearch.yml": ELASTICSEARCH_YML },
    secrets: ({ password }) => ({
        netrc: password.apply((value) => renderNetrc(USERNAME, value)),
        password,
    }),
    prepareScript: PREPARE,
    env: (secretName, heapMiB) => [
        {
            // The second flag closes the information leak of CVE-2021-44228 in this version's Log4j
            // (https://discuss.elastic.co/t/apache-log4j2-remote-code-execution-rce-vulnerability-cve-2021-44228-esa-2021-31/291476).
            name: "ES_JAVA_OPTS",
            value: `-Xms${heapMiB}m -Xmx${heapMiB}m -Dlog4j2.formatMsgNoLookups=true`,
        },
        {
            name: "ELASTIC_PASSWORD",
            valueFrom: { secretKeyRef: { name: secretName, key: "password" } },
        },
    ],
};
