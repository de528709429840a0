import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { catalogue } from "../../../components/hysds/catalog";
import type * as Factotum from "../../../components/hysds/catalog/factotum";
import type * as Grq from "../../../components/hysds/catalog/grq";
import type * as Shapes from "../../../components/hysds/catalog/shapes";
import { workers } from "../../../components/hysds/catalog/workload";
import type * as Flask from "../../../components/hysds/configuration/flask";
import { gatewayRoutes, renderGatewayConfig } from "../../../components/operations/gateway-config";
import { OperationsRelay } from "../../../components/operations/relay";
import { Settings } from "../../../components/settings/settings";
import { fakeBackends, fakePlatform, hysdsSettings, installHysds } from "../../support/hysds";
import { admitted, secretFile } from "../../support/kubernetes-objects";
import { Registered, registered } from "../../support/mocks";
import { mainContainer, workload } from "../../support/workloads";
import { errorOf, settingsOf } from "../settings/pulumi-config";

/**
 * What the recipes of CONTRIBUTING.md say, done in memory: each mock stands for the edit of one product file, and all
 * else has to follow by itself.
 */
const EDITED = vi.hoisted((): string[] => {
    // Test files share their modules: those that were loaded before know nothing of the edits.
    vi.resetModules();
    return [];
});

vi.mock("../../../components/hysds/catalog/factotum", async (original) => {
    const file = await original<typeof Factotum>();
    const { taskQueue } = await vi.importActual<typeof Shapes>(
        "../../../components/hysds/catalog/shapes",
    );
    EDITED.push("catalog/factotum.ts");
    const added = taskQueue({
        component: "factotum",
        name: "user-rules-weather",
        what: "User rules applied to weather",
        queue: "user_rules_weather",
        nodeName: "user_rules_weather",
        vmProcesses: 8,
    });
    return { ...file, FACTOTUM: [...file.FACTOTUM, added] };
});

vi.mock("../../../components/hysds/catalog/grq", async (original) => {
    const file = await original<typeof Grq>();
    const shapes = await vi.importActual<typeof Shapes>("../../../components/hysds/catalog/shapes");
    EDITED.push("catalog/grq.ts");
    const added = shapes.restApi({
        component: "grq",
        name: "tiles",
        what: "Map tiles of datasets",
        image: "pele",
        command: shapes.gunicorn("tiles:app", 8999),
        port: 8999,
        alivePath: "/alive",
        route: { prefix: "/tiles", title: "Tiles", prefixHandling: "script-name" },
        hasSecretKey: true,
        ready: { stores: ["search-grq"] },
        files: [...shapes.SEARCH_CLIENT, "tiles/settings.cfg" as "pele/settings.cfg"],
        replicas: { small: 1, standard: 2 },
        resources: shapes.python(160, 768),
    });
    return { ...file, GRQ: [...file.GRQ, added] };
});

vi.mock("../../../components/hysds/configuration/flask", async (original) => {
    const file = await original<typeof Flask>();
    EDITED.push("configuration/flask.ts");
    const added = {
        path: "/opt/hysds/tiles/settings.cfg",
        render: ({ secretKeys }: { secretKeys: Readonly<Record<string, string>> }) =>
            `SECRET_KEY = "${String(secretKeys.tiles)}"\n`,
    };
    return { ...file, FLASK_FILES: { ...file.FLASK_FILES, "tiles/settings.cfg": added } };
});

describe("the recipes", () => {
    let stack: Registered;
    let settings: Settings;

    beforeAll(async () => {
        settings = hysdsSettings();
        stack = await installHysds();
    });

    afterAll(() => vi.resetModules());

    it("edit one file for a queue, and two for a REST service", () => {
        expect([...new Set(EDITED)].sort()).toEqual([
            "catalog/factotum.ts",
            "catalog/grq.ts",
            "configuration/flask.ts",
        ]);
    });

    it("run, scale and reserve the queue", () => {
        const { command } = mainContainer(workload(stack, "user-rules-weather"));
        expect(command).toContain("user_rules_weather");
        const aws = { "aws:region": "us-west-2" };
        const keda = settingsOf({
            values: { ...aws, "hysds:autoscaling": "keda" },
            secretKeys: [],
        });
        const queue = workers(catalogue(keda)).find(({ name }) => name === "user-rules-weather");
        expect(queue?.scaling?.maxReplicas).toBeGreaterThan(0);
        const pool = [{ name: "user-rules-weather", queue: "user_rules_weather" }];
        const values = { ...aws, "hysds:workers": JSON.stringify(pool) };
        expect(errorOf({ values, secretKeys: [] }).problems.map(({ key }) => key)).toEqual([
            "hysds:workers[0].queue",
            "hysds:workers[0].name",
        ]);
    });

    it("run the service with its own key, and admit who may ask it", () => {
        const mounts = mainContainer(workload(stack, "tiles")).volumeMounts;
        expect(mounts.map(({ mountPath }) => mountPath)).toContain("/opt/hysds/tiles/settings.cfg");
        expect(stack.one("kubernetes:core/v1:Service", "tiles")).toBeDefined();
        expect(admitted(stack, "tiles").length).toBeGreaterThan(0);
        const secret = "hysds-configuration-services-tiles-settings-cfg";
        expect(secretFile(stack, secret, "settings.cfg")).toMatch(
            /^SECRET_KEY = "(?!undefined).+"/,
        );
        expect(
            stack.one("random:index/randomPassword:RandomPassword", "hysds-tiles-secret-key"),
        ).toBeDefined();
    });

    it("lead people and hysds-ops to the service", async () => {
        const workloads = catalogue(settings);
        const config = renderGatewayConfig({
            port: 8080,
            routes: gatewayRoutes(workloads, "hysds"),
            externalScheme: "https",
            resolvers: "127.0.0.1",
            clusterDomain: "cluster.local",
        });
        expect(config).toContain("<a href='/tiles/'>Tiles</a>");
        expect(config).toContain("http://tiles.hysds.svc.cluster.local:8999");
        const relay = await registered(() => {
            const platform = fakePlatform(true);
            const backends = fakeBackends("opensearch");
            new OperationsRelay("operations-relay", { settings, platform, backends, workloads });
        });
        const file = secretFile(relay, "operations-relay-installation", "installation.json");
        const { doors } = JSON.parse(file) as { doors: Record<string, object> };
        expect(doors.tiles).toMatchObject({ port: 8999, alivePath: "/alive" });
    });
});
