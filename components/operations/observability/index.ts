import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Backends } from "../../backends/backends";
import { Hysds } from "../../hysds";
import { NetworkFacts, Platform } from "../../platform/platform";
import { tagging } from "../../platform/aws/tags";
import { Settings } from "../../settings/settings";
import { AlarmTopic } from "./aws/alarm-topic";
import { CloudWatchAlarms } from "./aws/cloudwatch-alarms";
import { cloudWatchDashboard } from "./aws/cloudwatch-dashboard";
import { gatewayMetricFilters } from "./aws/gateway-metrics";
import { applicationLoadBalancer } from "./aws/load-balancer-dimension";
import { SECTIONS } from "./panels";
import { Prometheus } from "./prometheus";
import { Subject, subjects } from "./watched";

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
    if (monitoring === "prometheus") {
        new Prometheus("prometheus", { settings, platform, backends, hysds });
    }
    return monitoring !== "none" && platform.network
        ? { alarmTopic: new CloudWatch(settings.namePrefix, args, platform.network).topicArn }
        : {};
}

/** Alarms, their topic, and a dashboard. */
class CloudWatch extends pulumi.ComponentResource {
    public readonly topicArn: pulumi.Output<string>;

    constructor(name: string, args: ObservabilityArgs, network: NetworkFacts) {
        const { settings, platform, backends, hysds } = args;
        super(
            "hysds:component:CloudWatch",
            `${name}-observability`,
            {},
            { transformations: [tagging(settings.tags)] },
        );
        const parent = { parent: this };
        const emails = settings.observability.alarmEmails;
        this.topicArn = new AlarmTopic(`${name}-alarms`, { network, emails }, parent).arn;
        if (settings.observability.containerLogs === "cloudwatch") {
            // The log groups come with the cluster, which is complete when its provider is there.
            gatewayMetricFilters(settings, { ...parent, dependsOn: platform.provider });
        }
        const watched = subjects({
            settings,
            stores: backends.stores,
            workloads: hysds.workloads,
            applicationLoadBalancer: applicationLoadBalancer(settings, args.address, parent),
        });
        new CloudWatchAlarms(
            name,
            { settings, subjects: watched, topicArn: this.topicArn },
            parent,
        );
        this.createDashboard(name, settings, network, watched);
        this.registerOutputs({ topicArn: this.topicArn });
    }

    private createDashboard(
        name: string,
        settings: Settings,
        network: NetworkFacts,
        watched: readonly Subject[],
    ): void {
        const dimensions = pulumi.all(watched.map((subject) => pulumi.output(subject.dimensions)));
        const dashboardBody = pulumi.all([dimensions, network.region]).apply(([known, region]) =>
            cloudWatchDashboard({
                settings,
                region,
                sections: SECTIONS,
                subjects: watched.map((subject, index) => ({
                    ...subject,
                    dimensions: known[index] ?? {},
                })),
            }),
        );
        new aws.cloudwatch.Dashboard(
            name,
            { dashboardName: name, dashboardBody },
            { parent: this },
        );
    }
}
