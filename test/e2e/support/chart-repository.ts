import * as fs from "node:fs/promises";
import { createServer } from "node:http";
import { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";

/** A Helm repository on loopback. */
export interface ChartRepository {
    readonly url: string;
    stop(): Promise<void>;
}

const GROUP = "keda.sh";
const KINDS = { scaledobjects: "ScaledObject", triggerauthentications: "TriggerAuthentication" };

/**
 * Serves a chart named `keda` that registers KEDA's kinds, as KEDA's own does, and runs nothing: what an API server
 * needs to take the objects that a stack makes, where KEDA's repository cannot be reached.
 *
 * @param version of the chart that the stack asks for
 */
export async function startKedaRepository(version: string): Promise<ChartRepository> {
    const dir = await fs.mkdtemp(path.join(os.tmpdir(), "hysds-charts-"));
    const file = `keda-${version}.tgz`;
    await writeChart(dir, version);
    await execa("tar", ["-czf", file, "keda"], { cwd: dir });
    const archive = await fs.readFile(path.join(dir, file));
    const index = stringify({
        apiVersion: "v1",
        entries: { keda: [{ apiVersion: "v2", name: "keda", version, urls: [file] }] },
    });
    const server = createServer((request, response) => {
        const body = { "/index.yaml": index, [`/${file}`]: archive }[request.url ?? ""];
        response.writeHead(body ? 200 : 404).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: async () => {
            await new Promise((resolve) => server.close(resolve));
            await fs.rm(dir, { recursive: true, force: true });
        },
    };
}

async function writeChart(dir: string, version: string): Promise<void> {
    const templates = path.join(dir, "keda", "templates");
    await fs.mkdir(templates, { recursive: true });
    const chart = { apiVersion: "v2", name: "keda", version };
    await fs.writeFile(path.join(dir, "keda", "Chart.yaml"), stringify(chart));
    for (const [plural, kind] of Object.entries(KINDS)) {
        await fs.writeFile(
            path.join(templates, `${plural}.yaml`),
            stringify(definition(plural, kind)),
        );
    }
}

function definition(plural: string, kind: string): object {
    const schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
    return {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `${plural}.${GROUP}` },
        spec: {
            group: GROUP,
            scope: "Namespaced",
            names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
            versions: [
                {
                    name: "v1alpha1",
                    served: true,
                    storage: true,
                    schema: { openAPIV3Schema: schema },
                },
            ],
        },
    };
}
