import { V1Node } from "@kubernetes/client-node";
import { z } from "zod";
import { familiar } from "./needed";
import { Programs } from "./programs";

/** The images of a cluster on this machine. */
export interface ClusterImages {
    /** What it is: `minikube`, `kind`, `Docker Desktop`. */
    readonly kind: string;
    /** Those of some references that the cluster does not have. */
    missing(references: readonly string[]): Promise<string[]>;
    /** Brings images of Docker's store into the cluster. */
    load(references: readonly string[]): Promise<void>;
}

/** How the images of a cluster are reached, by what its nodes say of themselves; undefined where there is no way. */
export function clusterImages(
    nodes: readonly V1Node[],
    programs: Programs,
): ClusterImages | undefined {
    const [first] = nodes;
    const profile = first?.metadata?.labels?.["minikube.k8s.io/name"];
    if (profile) {
        return new Minikube(profile, programs);
    }
    const kind = nodes.map(({ spec }) => KIND_NODE.exec(spec?.providerID ?? "")?.groups);
    const cluster = kind[0]?.cluster;
    if (cluster) {
        return new Kind(
            cluster,
            kind.flatMap((groups) => groups?.node ?? []),
            programs,
        );
    }
    return first?.metadata?.name === "docker-desktop" ? new DockerStore(programs) : undefined;
}

/** https://minikube.sigs.k8s.io/docs/commands/image/ */
class Minikube implements ClusterImages {
    readonly kind = "minikube";

    constructor(
        private readonly profile: string,
        private readonly programs: Programs,
    ) {}

    async missing(references: readonly string[]): Promise<string[]> {
        const args = ["image", "ls", "--format", "short", "--profile", this.profile];
        return absent(references, (await this.programs.ask("minikube", args))?.split("\n"));
    }

    async load(references: readonly string[]): Promise<void> {
        for (const reference of references) {
            const args = ["image", "load", reference, "--daemon", "--profile", this.profile];
            await this.programs.show("minikube", args);
        }
    }
}

/** `kind://<provider>/<cluster>/<node>`, of clusters whose nodes are containers of Docker. */
const KIND_NODE = /^kind:\/\/docker\/(?<cluster>[^/]+)\/(?<node>[^/]+)$/;

/** https://github.com/kubernetes-sigs/cri-tools/blob/master/docs/crictl.md */
const crictlImages = z.object({
    images: z.array(z.object({ repoTags: z.array(z.string()).default([]) })),
});

/** https://kind.sigs.k8s.io/docs/user/quick-start/#loading-an-image-into-your-cluster */
class Kind implements ClusterImages {
    readonly kind = "kind";

    constructor(
        private readonly cluster: string,
        private readonly nodes: readonly string[],
        private readonly programs: Programs,
    ) {}

    async missing(references: readonly string[]): Promise<string[]> {
        const everywhere = await Promise.all(
            this.nodes.map(async (node) => absent(references, await this.imagesOf(node))),
        );
        return [...new Set(everywhere.flat())];
    }

    async load(references: readonly string[]): Promise<void> {
        await this.programs.show("kind", [
            ...["load", "docker-image", ...references],
            ...["--name", this.cluster],
        ]);
    }

    private async imagesOf(node: string): Promise<string[] | undefined> {
        const command = ["crictl", "images", "--output", "json"];
        const answer = await this.programs.ask("docker", ["exec", node, ...command]);
        return answer === undefined
            ? undefined
            : crictlImages.parse(JSON.parse(answer)).images.flatMap(({ repoTags }) => repoTags);
    }
}

/** Docker's own store, which Docker Desktop's cluster shares: https://docs.docker.com/desktop/features/kubernetes/ */
export class DockerStore implements ClusterImages {
    readonly kind = "Docker Desktop";

    constructor(private readonly programs: Programs) {}

    async missing(references: readonly string[]): Promise<string[]> {
        const asked = await Promise.all(
            references.map(async (reference) => ({
                reference,
                id: await this.programs.ask("docker", [
                    ...["image", "inspect", "--format", "{{.Id}}"],
                    reference,
                ]),
            })),
        );
        return asked.filter(({ id }) => id === undefined).map(({ reference }) => reference);
    }

    load(): Promise<void> {
        return Promise.resolve();
    }
}

function absent(references: readonly string[], present: readonly string[] = []): string[] {
    const known = new Set(present.map((each) => familiar(each.trim())));
    return references.filter((reference) => !known.has(familiar(reference)));
}
