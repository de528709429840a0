import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Backends } from "../backends/backends";
import { HYSDS_COMPONENTS } from "../../contract/labels";
import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { Identities } from "./access/identities";
import { objectStoreAccess } from "./access/object-store";
import { workerFiles } from "./access/worker-files";
import { catalogue } from "./catalog";
import { Workload, jobQueueNames, services } from "./catalog/workload";
import { SidecarSpec } from "./catalog/workload-spec";
import { ConfigurationInputs } from "./configuration";
import { configurationInputs } from "./configuration/resolve-inputs";
import { runOptions } from "./configuration/run-options";
import { ConfigurationFiles } from "./configuration/secrets";
import { HysdsContext } from "./context";
import { Namespaces } from "./namespaces";
import { dockerClient } from "./pod/engine-client";
import { probeScripts } from "./pod/probe-scripts";
import { Bootstrap } from "./workloads/bootstrap";
import { HysdsComponent } from "./workloads/component";

export interface HysdsArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
}

/**
 * All of HySDS on a platform, with its data in the backends: the workloads of its five components, the Job that
 * prepares the search clusters, and the configuration that they read.
 */
export class Hysds extends pulumi.ComponentResource {
    public readonly namespaces: Namespaces;
    /** Every workload as data: what runs, where, on which port or queue. */
    public readonly workloads: readonly Workload[];

    constructor(name: string, args: HysdsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:Hysds", name, {}, opts);
        const { settings, platform } = args;
        this.workloads = catalogue(settings);
        this.namespaces = {
            services: platform.namespace(settings.hysds.namespace, "restricted"),
            jobs: platform.namespace(settings.hysds.jobsNamespace, "privileged"),
        };
        const context = this.createContext(name, args);
        const { workloads } = this;
        for (const component of HYSDS_COMPONENTS) {
            const componentArgs = { context, component, workloads };
            new HysdsComponent(`${name}-${component}`, componentArgs, { parent: this });
        }
        this.registerOutputs();
    }

    private createContext(name: string, { settings, platform, backends }: HysdsArgs): HysdsContext {
        const { namespaces, workloads } = this;
        const parent = { parent: this };
        const inputs = this.createInputs(name, { settings, platform, backends });
        const bootstrap = new Bootstrap(
            "bootstrap",
            {
                settings,
                platform,
                namespace: namespaces.services,
                inputs,
                dependsOn: backends.ready,
            },
            parent,
        );
        const identities = new Identities(settings, platform, namespaces);
        return {
            settings,
            platform,
            namespaces,
            configuration: new ConfigurationFiles(
                `${name}-configuration`,
                { platform, namespaces, inputs, workloads },
                parent,
            ),
            probes: probeScripts(this, platform, namespaces),
            dashboardsHaveCredentials: backends.search.metrics.credentials !== undefined,
            ...this.createJobFiles(name, { settings, platform, backends }),
            jobSidecars: workloads.filter((spec): spec is SidecarSpec => spec.kind === "sidecar"),
            identityOf: (spec) => identities.of(spec),
            dependenciesOf: (spec) => [
                identities.of(spec).resource,
                ...(spec.afterBootstrap ? [bootstrap.job] : backends.ready),
            ],
        };
    }

    /** What jobs find in the worker that starts them. */
    private createJobFiles(
        name: string,
        { settings, platform, backends }: HysdsArgs,
    ): Pick<HysdsContext, "objectStoreAccess" | "workerFiles" | "engineClient"> {
        const place = { platform, namespace: this.namespaces.jobs };
        const store = backends.objectStore;
        const { identityVariables } = platform;
        const run = runOptions({ identityVariables, hasObjectStore: store !== undefined });
        return {
            engineClient:
                settings.hysds.containerEngine === "docker"
                    ? dockerClient(`${name}-docker-client`, { ...place, run }, this)
                    : undefined,
            objectStoreAccess: objectStoreAccess(`${name}-object-store`, { ...place, store }, this),
            workerFiles: workerFiles(
                `${name}-worker-files`,
                { ...place, settings, hasAwsConfig: store !== undefined },
                this,
            ),
        };
    }

    private createInputs(name: string, args: HysdsArgs): pulumi.Output<ConfigurationInputs> {
        const { workloads } = this;
        const signing = services(workloads).filter(({ hasSecretKey }) => hasSecretKey);
        return configurationInputs({
            ...args,
            secretKeys: Object.fromEntries(
                signing.map((service) => [
                    service.name,
                    secretKey(`${name}-${service.name}-secret-key`, this),
                ]),
            ),
            workloads,
            jobQueues: jobQueueNames(workloads),
        });
    }
}

/** A Flask SECRET_KEY: it signs sessions and Pele's tokens. */
function secretKey(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    return new random.RandomPassword(name, { length: 64, special: false }, { parent }).result;
}
