import { join } from "node:path";
import { opensearchSecurity } from "./opensearch-security";
import { versitygwFolder } from "../../../e2e/support/consumers/object-store";
import { opensearchDistribution } from "../../../e2e/support/consumers/opensearch-distribution";
import { packageLists, STAND_INS } from "./bases";
import { Build } from "./build";

/** Directories that the build of a stand-in reads beside its Dockerfile's. */
type Directories = () => Promise<Readonly<Record<string, string>>>;

/** What is built for an upstream image, by its repository: a directory below test/node/images, and what it reads. */
const STAND_IN_OF: Readonly<
    Record<string, { readonly name: string; readonly reads?: Directories }>
> = {
    "docker.io/library/rabbitmq": { name: "rabbitmq" },
    "docker.io/valkey/valkey": { name: "valkey" },
    "docker.io/opensearchproject/opensearch": {
        name: "opensearch",
        reads: async () => ({
            distribution: await opensearchDistribution(),
            security: await opensearchSecurity(),
        }),
    },
    "docker.io/opensearchproject/opensearch-dashboards": { name: "opensearch-dashboards" },
    "docker.io/opensearchproject/logstash-oss-with-opensearch-output-plugin": {
        name: "logstash",
    },
    "docker.io/nginxinc/nginx-unprivileged": { name: "nginx" },
    "quay.io/podman/stable": { name: "podman" },
    "docker.io/library/docker": { name: "docker" },
    "docker.io/versity/versitygw": {
        name: "versitygw",
        reads: async () => ({ program: await versitygwFolder() }),
    },
};

function standIn(reference: string) {
    return STAND_IN_OF[reference.replace(/:[^:/]+$/, "")];
}

/** Whether there is something that stands for an upstream image. */
export function hasStandIn(reference: string): boolean {
    return standIn(reference) !== undefined;
}

/**
 * How to build what stands for an upstream image.
 *
 * @param reference as manifests name it, with registry and tag
 * @throws Error when there is no stand-in
 */
export async function standInBuild(reference: string): Promise<Build> {
    const found = standIn(reference);
    if (found === undefined) {
        throw new Error(
            `No stand-in is known for ${reference}: add one to test/node/images and to STAND_IN_OF`,
        );
    }
    const directories = (await found.reads?.()) ?? {};
    return {
        reference,
        dockerfile: join(STAND_INS, found.name),
        directories,
        images: { packages: packageLists() },
    };
}
