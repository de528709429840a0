import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Backends } from "../backends/backends";
import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { Bootstrap } from "./workloads/bootstrap";
import { catalogue } from "./catalog";
import { ConfigurationInputs } from "./configuration";
import { ConfigurationFiles } from "./configuration/secrets";
import { HysdsServices, configurationInputs } from "./configuration/resolve-inputs";
import { HysdsContext } from "./context";
import { Factotum } from "./workloads/factotum";
import { Grq } from "./workloads/grq";
import { Identities } from "./access/identities";
import { Metrics } from "./workloads/metrics";
import { Mozart } from "./workloads/mozart";
import { Namespaces } from "./namespaces";
import { objectStoreAccess } from "./access/object-store";
import { probeScripts } from "./pod/probe-scripts";
import { WorkloadSpec, ServiceSpec, SidecarSpec } from "./catalog/workload-spec";
import { Verdi } from "./workloads/verdi";

export type { HysdsServices } from "./configuration/resolve-inputs";
export type { ServiceAddress } from "./catalog/workload-spec";

export interface HysdsArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
}

/**
 * All of HySDS on a platform, with its data in the backends: the five components, the Job that prepares the search
 * clusters, and the configuration that they read.
 */
export class Hysds extends pulumi.ComponentResource {
    /** Where its HTTP services listen inside the cluster. */
    public readonly services: HysdsServices;
    public readonly namespaces: Namespaces;
    /** Every workload as data: what runs, where, on which queue. */
    public readonly workloads: readonly WorkloadSpec[];

    constructor(name: string, args: HysdsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:Hysds", name, {}, opts);
        const { settings, platform, backends } = args;
        this.workloads = catalogue(settings);
        this.namespaces = {
            services: platform.namespace(settings.hysds.namespace, "restricted"),
            jobs: platform.namespace(settings.hysds.jobsNamespace, "privileged"),
        };
        const context = this.createContext(name, args);
        const component = { context, workloads: this.workloads };
        const parent = { parent: this };
        const mozart = new Mozart(`${name}-mozart`, component, parent);
        const grq = new Grq(`${name}-grq`, component, parent);
        new Factotum(`${name}-factotum`, component, parent);
        const storeHasCredentials = backends.search.metrics.credentials !== undefined;
        const metrics = new Metrics(
            `${name}-metrics`,
            { ...component, storeHasCredentials },
            parent,
        );
        new Verdi(`${name}-verdi`, component, parent);
        this.services = {
            mozart: mozart.mozart,
            grq2: grq.grq2,
            pele: grq.pele,
            kibana: metrics.kibana,
            flower: mozart.flower,
            ...(mozart.ui ? { ui: mozart.ui } : {}),
        };
        this.registerOutputs({ services: this.services });
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
            objectStoreAccess: objectStoreAccess(
                `${name}-object-store`,
                { platform, namespace: namespaces.jobs, store: backends.objectStore },
                this,
            ),
            jobSidecars: workloads.filter((spec): spec is SidecarSpec => spec.kind === "sidecar"),
            identityOf: (spec) => identities.of(spec),
            dependenciesOf: (spec) => [
                identities.of(spec).resource,
                ...(spec.afterBootstrap ? [bootstrap.job] : backends.ready),
            ],
        };
    }

    private createInputs(name: string, args: HysdsArgs): pulumi.Output<ConfigurationInputs> {
        return configurationInputs({
            ...args,
            secretKeys: {
                mozart: secretKey(`${name}-mozart-secret-key`, this),
                pele: secretKey(`${name}-pele-secret-key`, this),
            },
            services: plannedServices(this.workloads, args.settings.hysds.namespace),
            jobQueues: jobQueues(this.workloads),
        });
    }
}

/** A Flask SECRET_KEY: it signs sessions and Pele's tokens. */
function secretKey(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    return new random.RandomPassword(name, { length: 64, special: false }, { parent }).result;
}

/** Queues of `hysds.job_worker.run_job`, which alone needs datasets.json. */
function jobQueues(workloads: readonly WorkloadSpec[]): string[] {
    return workloads.flatMap((spec) =>
        spec.kind === "worker" && spec.files.includes("datasets.json") ? [spec.queue] : [],
    );
}

/** The addresses that services will have: their configuration files name each other. */
function plannedServices(workloads: readonly WorkloadSpec[], namespace: string): HysdsServices {
    const address = (name: Exclude<keyof HysdsServices, "ui">) => {
        const spec = workloads.find(
            (candidate): candidate is ServiceSpec =>
                candidate.kind === "service" && candidate.name === name,
        );
        if (!spec) {
            throw new Error(`The catalogue has no service ${name}.`);
        }
        return { name, namespace, port: spec.port };
    };
    return {
        mozart: address("mozart"),
        grq2: address("grq2"),
        pele: address("pele"),
        kibana: address("kibana"),
        flower: address("flower"),
    };
}
