import { join } from "node:path";
import { execa } from "execa";
import { readFile, rm, writeFile } from "node:fs/promises";
import { cached } from "../../../e2e/support/consumers/cached";
import { OPENSEARCH_VERSION } from "../../../e2e/support/consumers/opensearch-distribution";

/** The newest of 2.19 on Maven Central. It runs in a server of a later patch release, once it says that it is for that. */
const SECURITY_VERSION = "2.19.4.0";

/**
 * OpenSearch's security plugin from Maven Central, in the cache: its archive unpacked, with its default users, roles and
 * mappings in `config`, as `opensearch-plugin install` finds it. Needs `mvn` and `unzip` on the PATH.
 */
export function opensearchSecurity(): Promise<string> {
    return cached(
        `opensearch-security-${SECURITY_VERSION}-${OPENSEARCH_VERSION}`,
        async (folder) => {
            await execa("mvn", [
                "--quiet",
                "--batch-mode",
                "dependency:copy",
                `-Dartifact=org.opensearch.plugin:opensearch-security:${SECURITY_VERSION}:zip`,
                `-DoutputDirectory=${folder}`,
            ]);
            const archive = join(folder, `opensearch-security-${SECURITY_VERSION}.zip`);
            await execa("unzip", ["-q", archive, "-d", folder]);
            await rm(archive);
            const descriptor = join(folder, "plugin-descriptor.properties");
            const text = await readFile(descriptor, "utf8");
            await writeFile(
                descriptor,
                text.replace(
                    /^opensearch\.version=.*$/m,
                    `opensearch.version=${OPENSEARCH_VERSION}`,
                ),
            );
        },
    );
}
