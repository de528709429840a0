import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { conventions } from "../../../platform/aws/conventions";
import { AwsFacts, awsFacts } from "../../../platform/aws/facts";
import { Settings } from "../../../settings/settings";
import type { Observability, ObservabilityArgs } from "..";
import { SECTIONS } from "../panels";
import { Subject, subjects } from "../watched";
import { AlarmTopic } from "./alarm-topic";
import { CloudWatchAlarms } from "./cloudwatch-alarms";
import { cloudWatchDashboard } from "./cloudwatch-dashboard";
import { gatewayMetricFilters } from "./gateway-metrics";
import { applicationLoadBalancer } from "./load-balancer-dimension";

/** What CloudWatch watches of a stack on AWS; nothing off AWS. */
export function createCloudWatch(args: ObservabilityArgs): Observability {
    const facts = awsFacts(args.platform);
    return facts
        ? { alarmTopic: new CloudWatch(args.settings.namePrefix, args, facts).topicArn }
        : {};
}

/** Alarms, their topic, and a dashboard. */
class CloudWatch extends pulumi.ComponentResource {
    public readonly topicArn: pulumi.Output<string>;

    constructor(name: string, args: ObservabilityArgs, network: AwsFacts) {
        const { settings, platform, backends, hysds } = args;
        super(
            "hysds:component:CloudWatch",
            `${name}-observability`,
            {},
            { transformations: conventions(settings) },
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
        network: AwsFacts,
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
