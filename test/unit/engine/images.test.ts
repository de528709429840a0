import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { V1Node } from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IMAGES } from "../../../components/kubernetes/images";
import {
    NeededImages,
    neededImages,
    referenceOf,
} from "../../../workshop/scripts/support/images/needed";
import { requireImages } from "../../../workshop/scripts/support/images/require-images";
import { FakePrograms } from "../../support/programs/fake-programs";

const PROJECT = path.resolve(__dirname, "../../..");

let folder: string;
let programs: FakePrograms;

beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "images-"));
    programs = new FakePrograms(folder, ["minikube", "kind", "docker"]);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const NEEDED: NeededImages = {
    names: IMAGES.own,
    registry: "docker.io/hysds",
    tag: "0.1.0",
};
const REFERENCES = IMAGES.own.map((name) => referenceOf(NEEDED, name));

function node(changes: Partial<V1Node["metadata"] & V1Node["spec"]> = {}): V1Node {
    const { providerID, ...metadata } = changes;
    return {
        metadata: { name: "node", ...metadata },
        spec: { providerID },
        status: { nodeInfo: { architecture: "arm64" } } as V1Node["status"],
    };
}

const CLUSTERS = {
    minikube: node({ labels: { "minikube.k8s.io/name": "minikube" } }),
    kind: node({ providerID: "kind://docker/lab/lab-control-plane" }),
    "Docker Desktop": node({ name: "docker-desktop" }),
};

interface Given {
    readonly build?: boolean;
    readonly answer?: boolean;
    readonly source?: string;
    readonly needed?: NeededImages;
}

/** What became of a start: the questions and the lines that a person saw. */
async function start(nodes: readonly V1Node[], given: Given = {}): Promise<string[]> {
    const seen: string[] = [];
    const { build = false, answer, source, needed = NEEDED } = given;
    await requireImages({
        context: "lab",
        needed,
        nodes,
        build,
        env: { ...programs.env, ...(source ? { SOURCE: source } : {}) },
        onProgress: (line) => seen.push(line),
        ...(answer === undefined
            ? {}
            : {
                  ask: (question) => {
                      seen.push(question);
                      return Promise.resolve(answer);
                  },
              }),
    });
    return seen;
}

const SOURCE = "https://git.example.org/hysds";

describe.each(Object.entries(CLUSTERS))("images of %s", (kind, of) => {
    it("are built from the source that is named and loaded, once a person agrees", async () => {
        const seen = await start([of], { answer: true, source: SOURCE });
        expect(seen).toContain(`Build and load ${REFERENCES.length} images of HySDS?`);
        expect(programs.changes[0]).toBe(
            `docker buildx bake --file images/docker-bake.hcl --load --set *.platform=linux/arm64 ${IMAGES.own.join(" ")} SOURCE=${SOURCE}`,
        );
        if (kind !== "Docker Desktop") {
            expect(programs.cluster).toEqual(REFERENCES);
        }
    });

    it("are built and loaded without a question with --build", async () => {
        await start([of], { build: true, source: SOURCE });
        expect(programs.changes.length).toBeGreaterThan(0);
        expect(await start([of])).toEqual([]);
    });

    it("are left alone when they are there", async () => {
        const present = REFERENCES.map((each) => each.replace("docker.io/", ""));
        if (kind === "Docker Desktop") {
            programs.setStore(present);
        } else {
            programs.setCluster(present);
        }
        expect(await start([of])).toEqual([]);
        expect(programs.changes).toEqual([]);
    });

    it("end the start with the command to type when nobody is there to ask", async () => {
        await expect(start([of], { source: SOURCE })).rejects.toThrow(
            /does not have docker\.io\/hysds\/core:0\.1\.0 and 5 more: "npm start -- --context lab --build" does that/,
        );
        expect(programs.changes).toEqual([]);
    });

    it("end the start when a person declines", async () => {
        await expect(start([of], { answer: false, source: SOURCE })).rejects.toThrow("--build");
        expect(programs.changes).toEqual([]);
    });

    it("end the start with the whole command when nobody said where HySDS's code is", async () => {
        await expect(start([of], { build: true })).rejects.toThrow(
            /"SOURCE=<Git base URL of HySDS> npm start -- --context lab --build"/,
        );
        expect(programs.changes).toEqual([]);
    });

    it("end the start when their build fails", async () => {
        programs.breakBuilds();
        await expect(start([of], { build: true, source: SOURCE })).rejects.toThrow(
            /"docker buildx bake" failed/,
        );
    });
});

describe("images", () => {
    it("are loaded without a build where Docker has them", async () => {
        programs.setStore(REFERENCES);
        const seen = await start([CLUSTERS.kind], { answer: true });
        expect(seen).toContain(`Load ${REFERENCES.length} images of HySDS?`);
        expect(programs.changes).toEqual([
            `kind load docker-image ${REFERENCES.join(" ")} --name lab`,
        ]);
    });

    it("that only some nodes list are looked for in the runtime, and only those that lack are built", async () => {
        programs.setCluster(REFERENCES.slice(1));
        await start([CLUSTERS.minikube], { build: true, source: SOURCE });
        expect(programs.changes.at(-1)).toBe(
            `minikube image load ${REFERENCES[0]} --daemon --profile minikube`,
        );
    });

    it("that every node lists are not asked for", async () => {
        const images = [{ names: REFERENCES.map((each) => each.replace("docker.io/", "")) }];
        const listed = { ...node(), status: { images } };
        expect(await start([listed, listed])).toEqual([]);
    });

    it("of a cluster that cannot be loaded end the start with the way through a registry", async () => {
        await expect(start([node()], { build: true, source: SOURCE })).rejects.toThrow(
            /REGISTRY=<registry> docker buildx bake --file images\/docker-bake\.hcl --push && npm run pulumi -- config set hysds:imageRegistry <registry> --stack local/,
        );
    });

    it("are none of simulated nodes", async () => {
        expect(await start([node({ annotations: { "kwok.x-k8s.io/node": "fake" } })])).toEqual([]);
    });

    it("cannot be looked for without the cluster's program, which is named", async () => {
        fs.rmSync(path.join(folder, "minikube"));
        await expect(start([CLUSTERS.minikube])).rejects.toThrow(/minikube is not on your PATH/);
    });
});

describe("the images that must be there", () => {
    const configured = (config: string): NeededImages => {
        fs.copyFileSync(path.join(PROJECT, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
        const local = fs.readFileSync(path.join(PROJECT, "Pulumi.local.yaml"), "utf8");
        fs.writeFileSync(path.join(folder, "Pulumi.local.yaml"), `${local}${config}`);
        return neededImages(folder, "local");
    };

    it("are all that the stack runs", () => {
        expect(configured("")).toEqual(NEEDED);
        expect(configured("  hysds:ui: false\n").names).not.toContain("hysds-ui");
        expect(configured('  hysds:imageTag: "2.0.0"\n').tag).toBe("2.0.0");
    });

    it("are none where a registry of one's own is named, and not those that are named one by one", () => {
        expect(configured("  hysds:imageRegistry: registry.example.org/hysds\n").names).toEqual([]);
        const override = "  hysds:imageOverrides: { core: registry.example.org/core:1.0.0 }\n";
        expect(configured(override).names).not.toContain("core");
    });

    it("are none of a configuration that pulumi up refuses", () => {
        expect(configured("  hysds:jobTimeoutHours: -1\n").names).toEqual([]);
    });
});
