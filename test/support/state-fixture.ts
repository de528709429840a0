import * as fs from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";

/** A resource of a stack's state, as `pulumi stack export` writes it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly parent?: string;
    /** URN and id. */
    readonly provider?: string;
    readonly protect?: boolean;
    readonly deletedWith?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What is kept of the state that one release left: what must survive, and all that it was made from. */
export interface StateFixture {
    readonly release: string;
    readonly stack: string;
    /** In the order of creation; outputs that repeat an input are left out. */
    readonly resources: readonly StateResource[];
}

const FOLDER = path.resolve(__dirname, "../fixtures/state");

/** Types whose loss is a loss of data, or of what all else stands on. */
const stateful = new RegExp(
    [
        "^aws:(opensearch|elasticsearch)/domain:",
        "^aws:elasticache/replicationGroup:",
        "^aws:mq/broker:",
        "^aws:s3/bucket:",
        "^aws:ecr/repository:",
        "^aws:kms/key:",
        "^aws:ec2/(vpc|subnet):",
        "^aws:eks/cluster:",
        "^eks:index:Cluster$",
        "^awsx:ec2:Vpc$",
        "^kubernetes:core/v1:(Namespace|PersistentVolumeClaim)$",
        "^kubernetes:apps/v1:StatefulSet$",
        "^random:index/",
    ].join("|"),
);

/** Whether nobody wants to see a resource of this type replaced or deleted. */
export function isStateful({ type }: { readonly type: string }): boolean {
    return stateful.test(type);
}

/** The states that earlier releases left, oldest first. */
export function stateFixtures(): readonly StateFixture[] {
    const files = fs.readdirSync(FOLDER, { recursive: true, encoding: "utf8" });
    return files
        .filter((file) => file.endsWith(".json"))
        .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
        .map(
            (file) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), "utf8")) as StateFixture,
        );
}

/** Writes a fixture to the folder of its release; gives the file. */
export async function writeStateFixture(fixture: StateFixture): Promise<string> {
    const file = path.join(FOLDER, fixture.release, `${fixture.stack}.json`);
    const options = await prettier.resolveConfig(file);
    const text = await prettier.format(JSON.stringify(fixture), { ...options, filepath: file });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
}

/** The resources of a fixture as `pulumi stack import` reads them. */
export function restoredResources({ resources }: StateFixture): readonly StateResource[] {
    return resources.map((resource) =>
        resource.outputs
            ? { ...resource, outputs: { ...resource.inputs, ...resource.outputs } }
            : resource,
    );
}
