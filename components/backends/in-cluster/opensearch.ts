import { renderNetrc, SearchFlavour } from "./search-flavour";

const USERNAME = "hysds";

/**
 * The security plugin is on, with HTTP basic authentication. HTTP itself is in plain text: a certificate that the
 * pod makes for itself could not be verified by HySDS's clients, and the NetworkPolicy admits only their namespaces.
 *
 * The plugin demands TLS between nodes, so the node has a key that it makes at each start; its transport listens on
 * loopback only, and no other node exists. The demo installer is off because its certificates and users are public
 * (https://docs.opensearch.org/latest/security/configuration/demo-configuration/).
 */
const OPENSEARCH_YML = `cluster.name: hysds
discovery.type: single-node
http.host: 0.0.0.0
transport.host: 127.0.0.1
node.store.allow_mmap: false
plugins.security.ssl.http.enabled: false
plugins.security.ssl.transport.keystore_type: PKCS12
plugins.security.ssl.transport.keystore_filepath: node.p12
plugins.security.ssl.transport.truststore_type: PKCS12
plugins.security.ssl.transport.truststore_filepath: trust.p12
plugins.security.ssl.transport.enforce_hostname_verification: false
plugins.security.allow_default_init_securityindex: true
plugins.security.restapi.roles_enabled: [all_access]
`;

// The password is the plugin's default for key stores. It guards a key that never leaves the pod.
const KEY_STORE = "-storetype PKCS12 -storepass changeit";

const PREPARE = `set -eu
home=/usr/share/opensearch
cp -R $home/config/. /prepared/
cp /rendered/opensearch.yml /prepared/opensearch.yml
cp /secrets/internal_users.yml /prepared/opensearch-security/internal_users.yml
cd /prepared
rm -f node.p12 trust.p12 node.crt
keytool=$home/jdk/bin/keytool
$keytool -genkeypair -alias node -keyalg RSA -keysize 3072 -validity 3650 -dname CN=node,O=hysds ${KEY_STORE} -keystore node.p12
$keytool -exportcert -rfc -alias node ${KEY_STORE} -keystore node.p12 -file node.crt
$keytool -importcert -noprompt -alias node -file node.crt ${KEY_STORE} -keystore trust.p12
`;

/**
 * internal_users.yml with one user, mapped by the backend role `admin` to all access; the image's own file has several
 * with well-known passwords. The plugin reads it when it makes its index, once, so the password is the volume's for
 * life: change it over the security REST API, not in the program.
 *
 * @param passwordHash bcrypt
 * @returns text that holds the hash: a secret
 */
export function renderInternalUsers(passwordHash: string): string {
    return `_meta:
  type: internalusers
  config_version: 2
${USERNAME}:
  hash: "${passwordHash}"
  reserved: false
  backend_roles: [admin]
  description: HySDS
`;
}

/** OpenSearch 2.x and 3.x. */
export const opensearch: SearchFlavour = {
    username: USERNAME,
    home: "/usr/share/opensearch",
    config: { "opensearch.yml": OPENSEARCH_YML },
    secrets: ({ password, bcryptHash }) => ({
        netrc: password.apply((value) => renderNetrc(USERNAME, value)),
        "internal_users.yml": bcryptHash.apply(renderInternalUsers),
    }),
    prepareScript: PREPARE,
    env: (_secretName, heapMiB) => [
        { name: "OPENSEARCH_JAVA_OPTS", value: `-Xms${heapMiB}m -Xmx${heapMiB}m` },
        { name: "DISABLE_INSTALL_DEMO_CONFIG", value: "true" },
        { name: "DISABLE_PERFORMANCE_ANALYZER_AGENT_CLI", value: "true" },
    ],
};
