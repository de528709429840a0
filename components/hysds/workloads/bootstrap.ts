import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { job, PodArgs } from "../../kubernetes/workload";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { ConfigurationInputs, renderBootstrap } from "../configuration";
import { imageReference } from "../images";
import { BOOTSTRAP_DIRECTORY, HYSDS_UID } from "../pod/paths";
import { resourceRequirements } from "../pod/resources";

export interface BootstrapArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly inputs: pulumi.Output<ConfigurationInputs>;
    /** The search clusters. */
    readonly dependsOn: readonly pulumi.Resource[];
}

const NAME = "bootstrap";

/**
 * The Job that prepares the search clusters: lifecycle policies, pipelines, index templates and indices, before
 * anything writes to them. It changes nothing that is already so, and runs again when its definitions change: they
 * are in an immutable, auto-named Secret, a Secret of another name is another Job, and jobs are replaced. It is kept
 * after it has run, as a Job that is gone would be run again.
 */
export class Bootstrap extends pulumi.ComponentResource {
    /** What must not start before the indices exist depends on it. */
    public readonly job: k8s.batch.v1.Job;

    constructor(name: string, args: BootstrapArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:Bootstrap", name, {}, opts);
        const { settings, platform, namespace } = args;
        const options = inNamespace(this, platform, namespace);
        const metadata = { namespace: namespace.name, labels: workloadLabels(NAME, NAME) };
        const definitions = new k8s.core.v1.Secret(
            `${name}-definitions`,
            {
                metadata,
                immutable: true,
                stringData: pulumi.secret(args.inputs.apply(renderBootstrap)),
            },
            options,
        );
        this.job = job(
            name,
            {
                name: NAME,
                component: NAME,
                platform,
                namespace,
                backoffLimit: 4,
                deadlineSeconds: DEADLINE_SECONDS,
                pod: pod(settings, platform, definitions.metadata.name),
            },
            {
                parent: this,
                dependsOn: [...args.dependsOn],
                customTimeouts: { create: `${DEADLINE_SECONDS}s`, update: `${DEADLINE_SECONDS}s` },
            },
        );
        this.registerOutputs();
    }
}

/** A search cluster that comes up late is asked again for so long. */
const DEADLINE_SECONDS = 1800;

function pod(settings: Settings, platform: Platform, secretName: pulumi.Output<string>): PodArgs {
    return {
        uid: HYSDS_UID,
        placement: platform.servicePlacement,
        containers: [
            {
                name: NAME,
                image: imageReference("core", settings),
                command: ["tini", "--", "python", `${BOOTSTRAP_DIRECTORY}/bootstrap.py`],
                env: [{ name: "PYTHONUNBUFFERED", value: "1" }],
                // The definition that was refused, and the answer, are in its last lines.
                terminationMessagePolicy: "FallbackToLogsOnError",
                resources: resourceRequirements({
                    cpu: 25,
                    memory: 48,
                    cpuLimit: 500,
                    memoryLimit: 192,
                }),
                volumeMounts: [
                    { name: "definitions", mountPath: BOOTSTRAP_DIRECTORY, readOnly: true },
                ],
            },
        ],
        volumes: [{ name: "definitions", secret: { secretName, defaultMode: 0o440 } }],
    };
}
