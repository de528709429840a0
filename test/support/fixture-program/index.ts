import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** A store with a password of its own. */
class Store extends pulumi.ComponentResource {
    readonly url: pulumi.Output<string>;

    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("fixture:component:Store", name, {}, opts);
        const password = new random.RandomPassword(
            `${name}-password`,
            { length: 20 },
            { parent: this },
        );
        const group = new aws.elasticache.ReplicationGroup(
            `${name}-redis`,
            { description: "fixture", authToken: password.result, nodeType: "cache.t4g.small" },
            {
                parent: this,
                protect: true,
                retainOnDelete: true,
                ignoreChanges: ["nodeType"],
                customTimeouts: { create: "40m" },
                aliases: [{ name: "old-redis" }],
            },
        );
        this.url = pulumi.interpolate`rediss://:${password.result}@${group.primaryEndpointAddress}:6379/0`;
        this.registerOutputs({ url: this.url });
    }
}

/** What the tests of workshop/plan/ evaluate: a component, secrets, dependencies of every kind and a Kubernetes workload. */
function program(): Record<string, unknown> {
    const config = new pulumi.Config();
    const replicas = config.requireNumber("replicas");
    if (replicas < 1) {
        throw new pulumi.RunError("fixture:replicas must be at least 1");
    }
    const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
    const namespace = new k8s.core.v1.Namespace(
        "shop",
        { metadata: { name: "shop" } },
        { provider },
    );
    const store = new Store("store");
    const settings = new k8s.core.v1.Secret(
        "settings",
        {
            metadata: { namespace: namespace.metadata.name },
            stringData: { url: store.url, token: config.getSecret("token") ?? "none" },
        },
        { provider, deletedWith: namespace },
    );
    new k8s.apps.v1.Deployment(
        "web",
        {
            metadata: { name: "web", namespace: "shop" },
            spec: {
                replicas,
                selector: { matchLabels: { app: "web" } },
                template: {
                    metadata: { labels: { app: "web" } },
                    spec: {
                        containers: [
                            {
                                name: "web",
                                image: "web:1",
                                envFrom: [{ secretRef: { name: settings.metadata.name } }],
                            },
                        ],
                    },
                },
            },
        },
        { provider, dependsOn: [store] },
    );
    if (config.getBoolean("failLate")) {
        const never = store.url.apply((): string => {
            throw new Error("an apply failed");
        });
        const failing = new k8s.core.v1.ConfigMap("never", { data: { never } }, { provider });
        const name = failing.metadata.name;
        new k8s.core.v1.ConfigMap("waits", { data: { name } }, { provider, dependsOn: [failing] });
    }
    return { url: store.url, replicas };
}

export = program;
