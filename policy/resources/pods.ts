import * as k8s from "@pulumi/kubernetes";
import type { Inputs, ResourceCheck, Rule } from "../rule";
import type { Settings } from "../setting";

export type PodSpec = Inputs<k8s.types.input.core.v1.PodSpec>;
export type Container = Inputs<k8s.types.input.core.v1.Container>;
type Template = Inputs<k8s.types.input.core.v1.PodTemplateSpec>;
type Metadata = Inputs<k8s.types.input.meta.v1.ObjectMeta>;

/** `init` containers end before the pod is ready, `sidecar`s are started with them and run beside the main ones. */
export type Role = "init" | "sidecar" | "main";

/** Pods, by what makes them. */
export interface Pods {
    /** Whether they are meant to run for ever, unlike those of Jobs. */
    readonly isService: boolean;
    readonly spec: PodSpec;
    /** Name of the workload; throws, as every value does, when it is not known yet. */
    readonly name: () => string | undefined;
    readonly namespace: () => string | undefined;
}

type PodCheck<S extends Settings> = (pods: Pods, context: ResourceCheck<S>) => void;

/** Adds the check to everything that makes pods. */
export function checksPods<S extends Settings>(rule: Rule<S>, check: PodCheck<S>): Rule<S> {
    const run = (
        context: ResourceCheck<S>,
        isService: boolean,
        metadata: Metadata | undefined,
        template: Template | undefined,
    ): void => {
        if (template?.spec) {
            const { spec } = template;
            const name = (): string | undefined => metadata?.name;
            const namespace = (): string | undefined => metadata?.namespace;
            check({ isService, spec, name, namespace }, context);
        }
    };
    return rule
        .checks(k8s.apps.v1.Deployment, ({ metadata, spec }, context) =>
            run(context, true, metadata, spec?.template),
        )
        .checks(k8s.apps.v1.StatefulSet, ({ metadata, spec }, context) =>
            run(context, true, metadata, spec?.template),
        )
        .checks(k8s.apps.v1.DaemonSet, ({ metadata, spec }, context) =>
            run(context, true, metadata, spec?.template),
        )
        .checks(k8s.batch.v1.Job, ({ metadata, spec }, context) =>
            run(context, false, metadata, spec?.template),
        )
        .checks(k8s.batch.v1.CronJob, ({ metadata, spec }, context) =>
            run(context, false, metadata, spec?.jobTemplate.spec?.template),
        )
        .checks(k8s.core.v1.Pod, ({ metadata, spec }, context) =>
            run(context, true, metadata, { metadata, spec }),
        );
}

/** Runs a part for each container of the pods. */
export function eachContainer<S extends Settings>(
    { spec }: Pods,
    context: ResourceCheck<S>,
    check: (container: Container, role: Role) => void,
): void {
    context.part(() =>
        context.each(spec.initContainers, (container) =>
            check(container, container.restartPolicy === "Always" ? "sidecar" : "init"),
        ),
    );
    context.part(() => context.each(spec.containers, (container) => check(container, "main")));
}

/** The command line of a container, with the arguments of its image's entry point. */
export function commandLine(container: Container): readonly string[] {
    return [...(container.command ?? []), ...(container.args ?? [])];
}

/** Adds the check to every container of everything that makes pods. */
export function checksContainers<S extends Settings>(
    rule: Rule<S>,
    check: (container: Container, context: ResourceCheck<S>, pods: Pods, role: Role) => void,
): Rule<S> {
    return checksPods(rule, (pods, context) =>
        eachContainer(pods, context, (container, role) => check(container, context, pods, role)),
    );
}
