import type { RealNode } from ".";

/** What a client takes that can pull images for one platform and for several. */
const ACCEPT = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/**
 * Takes away the images of an earlier start of which the registry has others by now: the kubelet pulls no name that the
 * node has. Those that the registry does not know stay.
 */
export async function forgetStaleImages(
    node: Pick<RealNode, "ctr">,
    registryUrl: string,
): Promise<void> {
    const [, ...lines] = (await node.ctr(["images", "list"])).split("\n");
    for (const line of lines) {
        const [reference = "", , digest] = line.split(/\s+/);
        const current = await currentDigest(registryUrl, reference);
        if (current !== undefined && current !== digest) {
            await node.ctr(["images", "remove", reference]);
        }
    }
}

/** Undefined for a reference without a tag, and for what the registry does not have. */
async function currentDigest(registryUrl: string, reference: string): Promise<string | undefined> {
    const [, repository, tag] = /^[^/]+\/([^:@]+):([^:@]+)$/.exec(reference) ?? [];
    if (repository === undefined || tag === undefined) {
        return undefined;
    }
    const url = `${registryUrl}/v2/${repository}/manifests/${tag}`;
    const answer = await fetch(url, { method: "HEAD", headers: { accept: ACCEPT } });
    return answer.ok ? (answer.headers.get("docker-content-digest") ?? undefined) : undefined;
}
