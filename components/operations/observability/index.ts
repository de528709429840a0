import * as pulumi from "@pulumi/pulumi";
import { Backends } from "../../backends/backends";
import { Hysds } from "../../hysds";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { createCloudWatch } from "./aws";
import { Prometheus } from "./prometheus";

export interface ObservabilityArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    readonly hysds: Hysds;
    /** Host name of the load balancer or Ingress; absent where there is none. */
    readonly address?: pulumi.Output<string>;
}

/** Where alarms go. */
export interface Observability {
    /** ARN of the SNS topic; absent where CloudWatch watches nothing. */
    readonly alarmTopic?: pulumi.Output<string>;
}

/**
 * Watches a stack as `monitoring` says. On AWS, CloudWatch watches the services of AWS in either way, because it alone
 * has their metrics; with `none` nothing is made.
 */
export function createObservability(args: ObservabilityArgs): Observability {
    const { settings, platform, backends, hysds } = args;
    const { monitoring } = settings.observability;
    if (monitoring === "none") {
        return {};
    }
    if (monitoring === "prometheus") {
        new Prometheus("prometheus", { settings, platform, backends, hysds });
    }
    return createCloudWatch(args);
}
