import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { evaluateStack } from "../../workshop/plan/evaluate";
import { Evaluation } from "../../workshop/plan/evaluation";
import { AwsSimulation } from "../../workshop/aws-simulation";
import { newAccount, openAwsStack, OPERATOR } from "./support/aws-stack";
import { Cluster } from "./support/cluster";
import { exportedResources, generatedSecrets, leaks } from "./support/secrets";
import { institutionAccount, institutionConfig, isBounded } from "./support/institution";
import { changedResources, Run, StackUnderTest, visitedResources } from "./support/stack";

describe.sequential.each(["dev", "prod"] as const)("the %s stack on a simulated AWS", (name) => {
    const cluster = new Cluster(inject("kubeconfig"));
    const said: Run[] = [];
    let planned: Evaluation;
    let simulation: AwsSimulation;
    let stack: StackUnderTest;

    beforeAll(async () => {
        planned = await evaluateStack(name, newAccount);
        ({ stack, simulation } = await (name === "prod"
            ? openAwsStack(name, institutionConfig, OPERATOR, institutionAccount)
            : openAwsStack(name, {}, OPERATOR)));
    });
    afterAll(async () => {
        await stack.destroy();
        await stack.dispose();
        await simulation.stop();
    });

    it("shows every resource in its preview", async () => {
        const preview = await stack.preview();
        const urns = planned.resources.map(({ urn }) => urn);
        expect([...visitedResources(preview)]).toEqual(expect.arrayContaining(urns));
    });

    it("converges by a second up after a create has failed midway", async () => {
        simulation.failOn({
            type: "aws:mq/broker:Broker",
            operation: "create",
            message: "InternalServerErrorException: An unexpected error occurred",
        });
        await expect(stack.up()).rejects.toThrow("An unexpected error occurred");
        const created = simulation.resources.size;
        expect(created).toBeGreaterThan(0);

        const up = await stack.up();
        said.push(up);
        expect(simulation.resources.size).toBeGreaterThan(created);
        for (const [workload, { spec, status }] of await cluster.workloads()) {
            expect(status?.readyReplicas ?? 0, workload).toBe(spec?.replicas);
        }
    });

    it("names its subnets, and marks them for load balancers, beside the stack's tags", () => {
        const subnets = [...simulation.resources.values()].filter(
            ({ type }) => type === "aws:ec2/subnet:Subnet",
        );
        expect(subnets.length).toBeGreaterThanOrEqual(4);
        for (const { name, inputs } of subnets) {
            const role = name.includes("private") ? "internal-elb" : "elb";
            expect(inputs.tags, name).toMatchObject({
                Name: name,
                Project: "hysds",
                [`kubernetes.io/cluster/hysds-${stack.stack.name}`]: "shared",
                [`kubernetes.io/role/${role}`]: "1",
            });
        }
    });

    it("tags the OIDC provider and the access entries too", () => {
        const tagged = [...simulation.resources.values()].filter(({ type }) =>
            /OpenIdConnectProvider|AccessEntry$/.test(type),
        );
        expect(tagged.length).toBeGreaterThan(0);
        for (const { type, inputs } of tagged) {
            expect(inputs.tags, type).toMatchObject({ Project: "hysds" });
        }
    });

    it("has in its state exactly what exists in the account", async () => {
        const inState = (await exportedResources(stack))
            .filter(({ type, custom }) => type.startsWith("aws:") && custom)
            .map(({ type, id }) => `${type}::${id}`);
        expect(inState.sort()).toEqual([...simulation.resources.keys()].sort());
    });

    const endpoint = (): unknown => {
        const cluster = [...simulation.resources.values()].find(
            ({ type }) => type === "aws:eks/cluster:Cluster",
        );
        return cluster?.outputs.vpcConfig;
    };

    it("was made through an endpoint that its operators reach, and nobody else", () => {
        expect(endpoint()).toMatchObject({
            endpointPrivateAccess: true,
            endpointPublicAccess: true,
            publicAccessCidrs: ["1.2.3.0/24"],
        });
    });

    it.runIf(name === "prod")(
        "closes that endpoint the next time, and changes nothing else",
        async () => {
            simulation.enterVpc();
            const changed = [...changedResources(await stack.up())];
            expect(changed.map(([urn, operation]) => [urn.split("::")[2], operation])).toEqual([
                [expect.stringMatching(/aws:eks\/cluster:Cluster$/), "update"],
            ]);
            expect(endpoint()).toMatchObject({ endpointPublicAccess: false });
        },
    );

    it("has nothing to change the next time, and finds no drift", async () => {
        expect(Object.fromEntries(changedResources(await stack.up()))).toEqual({});
        const refresh = await stack.refresh();
        said.push(refresh);
        expect(Object.keys(refresh.changes)).toEqual(["same"]);
    });

    it("rolls no add-on because EKS recommends another build by now", async () => {
        const addOns = [...simulation.resources.values()].filter(({ type }) =>
            type.endsWith(":Addon"),
        );
        expect(addOns.length).toBeGreaterThanOrEqual(5);
        const running = new Map(
            addOns.map(({ type, id, inputs }) => {
                const addonVersion = (inputs.addonVersion as string).replace(/\d+$/, (build) =>
                    String(Number(build) - 1),
                );
                simulation.drift(type, id, { addonVersion });
                return [`${type}::${id}`, addonVersion];
            }),
        );
        await stack.up();
        for (const [key, addonVersion] of running) {
            expect(simulation.resources.get(key)?.inputs, key).toMatchObject({ addonVersion });
        }
    });

    it("replaces no store when an unrelated setting changes", async () => {
        await stack.configure({ "hysds:venue": "integration", "hysds:jobNodeMaxSize": "12" });
        const changed = [...changedResources(await stack.up())];
        expect(changed.length).toBeGreaterThan(0);
        const stores = /aws:(mq|elasticache|opensearch|eks)\//;
        const replaced = changed.filter(([, operation]) => /replace|delete/.test(operation));
        expect(replaced.filter(([urn]) => stores.test(urn))).toEqual([]);
    });

    it.runIf(name === "prod")(
        "leaves a busy node group its nodes when its limits move",
        async () => {
            const groups = "aws:eks/nodeGroup:NodeGroup";
            const jobs = [...simulation.resources.values()].find(
                ({ type, name: group }) => type === groups && group.endsWith("-jobs"),
            );
            const id = jobs?.id ?? "";
            simulation.drift(groups, id, {
                scalingConfig: { minSize: 3, desiredSize: 9, maxSize: 12 },
            });
            await stack.configure({ "hysds:jobNodeMinSize": "4", "hysds:jobNodeMaxSize": "40" });
            await stack.up();
            expect(simulation.resources.get(`${groups}::${id}`)?.inputs).toMatchObject({
                scalingConfig: { minSize: 4, desiredSize: 9, maxSize: 40 },
            });
        },
    );

    it("has the institution's boundary on every role, new ones and those of a running stack", async () => {
        const isRole = ({ type }: { readonly type: string }) => type === "aws:iam/role:Role";
        const roles = () => [...simulation.resources.values()].filter(isRole);
        const before = roles().map(({ id }) => id);
        if (name === "dev") {
            await stack.configure(institutionConfig);
            const changed = [...changedResources(await stack.up())];
            expect(changed.map(([, operation]) => operation)).toEqual(before.map(() => "update"));
        }
        expect(before).toHaveLength(planned.resources.filter(isRole).length);
        expect(roles().map(({ id }) => id)).toEqual(before);
        expect(roles().filter(({ inputs }) => !isBounded(inputs))).toEqual([]);
    });

    it("keeps every generated secret out of its state, its events, its output and the cluster's other objects", async () => {
        const secrets = await generatedSecrets(stack);
        expect(secrets.length).toBeGreaterThanOrEqual(4);
        const { stdout: state } = await stack.cli("stack", "export");
        expect(leaks(secrets, state)).toEqual([]);
        expect(leaks(secrets, JSON.stringify(said))).toEqual([]);
        expect(leaks(secrets, JSON.stringify(await cluster.objectsOutsideSecrets()))).toEqual([]);
    });

    it.runIf(name === "dev")(
        "refuses another user of the broker, until that has a password of its own",
        async () => {
            await stack.configure({ "hysds:rabbitmqUsername": "hysds-2" });
            await expect(stack.preview()).rejects.toThrow(/hysds-ops broker-user hysds-2/);
            const value = "made-by-broker-user-0";
            await stack.stack.setConfig("hysds:rabbitmqPassword", { value, secret: true });
            const changed = [...changedResources(await stack.up()).keys()];
            expect(changed.length).toBeGreaterThan(0);
            expect(changed.filter((urn) => urn.includes("aws:mq/"))).toEqual([]);
        },
    );

    it.runIf(name === "prod")("refuses to be destroyed while it is protected", async () => {
        const before = [...simulation.resources.keys()];
        await expect(stack.cli("destroy", "--yes")).rejects.toThrow(/protected/);
        expect([...simulation.resources.keys()]).toEqual(before);
        await stack.configure({ "hysds:protect": "false" });
        await stack.up();
    });

    it("leaves nothing when it is destroyed", async () => {
        await stack.destroy();
        // The role belongs to the account, whose other domains need it too; the group holds what EKS logs to the last.
        const left = [...simulation.resources.values()].map(({ type }) => type);
        expect(left.sort()).toEqual([
            "aws:cloudwatch/logGroup:LogGroup",
            "aws:iam/serviceLinkedRole:ServiceLinkedRole",
        ]);
        expect((await cluster.namespaces()).filter((ns) => ns.startsWith("hysds"))).toEqual([]);
    });

    it.runIf(name === "dev")("comes back, and takes over the log group that was left", async () => {
        const group = `/aws/eks/hysds-${name}/cluster`;
        await stack.configure({ "hysds:searchCreateServiceLinkedRole": "false" });
        const changed = [...changedResources(await stack.up())];
        expect(changed.find(([urn]) => urn.endsWith("-control-plane"))?.[1]).toBe("import");
        expect(Object.fromEntries(changedResources(await stack.up()))).toEqual({});
        expect([...simulation.resources.values()].filter(({ id }) => id === group)).toMatchObject([
            { inputs: { retentionInDays: 7 } },
        ]);
    });
});
