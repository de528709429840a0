import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { selectorLabels, workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { httpProbe } from "../../kubernetes/probes";
import { deployment, PodArgs } from "../../kubernetes/workload";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { PrometheusSettings } from "../../settings/settings";
import { ScrapeTarget } from "./scrape-target";

/** A program that asks one store, and answers Prometheus. */
export interface ExporterProgram {
    readonly image: pulumi.Input<string>;
    /** User id of the image's process. */
    readonly uid: number;
    readonly port: number;
    readonly args: pulumi.Input<string>[];
    /** Variables, without credentials. */
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    /** Variables from a Secret. */
    readonly secrets: Readonly<Record<string, pulumi.Output<string>>>;
}

export interface ExporterArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly prometheus: PrometheusSettings;
    readonly program: ExporterProgram;
    readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * An exporter of metrics: a Deployment of one, its credentials in a Secret, a NetworkPolicy that admits Prometheus
 * alone. Its liveness does not ask the store: a store that is away is what it has to tell.
 */
export class Exporter extends pulumi.ComponentResource {
    /** @param name of the Deployment */
    constructor(name: string, args: ExporterArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:Exporter", name, {}, opts);
        const { platform, namespace, prometheus, program } = args;
        const pods = selectorLabels(name, "monitoring");
        const secret = this.createSecret(name, args);
        deployment(
            name,
            {
                name,
                component: "monitoring",
                platform,
                namespace,
                replicas: 1,
                pod: pod(args, secret?.metadata.name ?? ""),
            },
            { parent: this, dependsOn: [...args.dependsOn] },
        );
        new ScrapeTarget(
            name,
            {
                platform,
                namespace,
                prometheus,
                component: "monitoring",
                pods,
                port: program.port,
                path: "/metrics",
            },
            { parent: this },
        );
        this.registerOutputs({});
    }

    private createSecret(
        name: string,
        { platform, namespace, program }: ExporterArgs,
    ): k8s.core.v1.Secret | undefined {
        if (Object.keys(program.secrets).length === 0) {
            return undefined;
        }
        const metadata = {
            namespace: namespace.name,
            labels: workloadLabels(name, "monitoring"),
        };
        return new k8s.core.v1.Secret(
            `${name}-credentials`,
            { metadata, stringData: program.secrets },
            inNamespace(this, platform, namespace),
        );
    }
}

function pod({ platform, program }: ExporterArgs, secretName: pulumi.Input<string>): PodArgs {
    return {
        uid: program.uid,
        placement: platform.servicePlacement,
        containers: [
            {
                name: "exporter",
                image: program.image,
                args: program.args,
                env: [
                    ...Object.entries(program.environment).map(([name, value]) => ({
                        name,
                        value,
                    })),
                    ...Object.keys(program.secrets).map((name) => ({
                        name,
                        valueFrom: { secretKeyRef: { name: secretName, key: name } },
                    })),
                ],
                ports: [{ name: "metrics", containerPort: program.port }],
                resources: {
                    requests: { cpu: "10m", memory: "32Mi" },
                    limits: { cpu: "200m", memory: "128Mi" },
                },
                // The start page, which asks no store.
                readinessProbe: httpProbe("/", program.port),
                livenessProbe: httpProbe("/", program.port, { periodSeconds: 30 }),
            },
        ],
    };
}
