import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Settings } from "../../../settings/settings";
import { Metric, metricsOf } from "../alarm";

/** Stands for `HySDS/<namePrefix>`: metrics from logs have no constant dimension that could tell stacks apart. */
const LOG_METRICS = "HySDS";

const metric = metricsOf(LOG_METRICS);

/** What the access log of the gateway tells. */
export const GATEWAY_METRICS = {
    requests: metric("GatewayRequests", "Sum"),
    errors: metric("GatewayErrors", "Sum"),
    seconds: metric("GatewaySeconds", "Average"),
} as const;

/** The namespace of a metric in a stack. */
export function namespaceOf(
    { namespace }: Metric,
    { namePrefix }: Pick<Settings, "namePrefix">,
): string {
    return namespace === LOG_METRICS ? `${LOG_METRICS}/${namePrefix}` : namespace;
}

/** Where Fluent Bit of the CloudWatch add-on writes what containers print. */
export function containerLogGroup(clusterName: string): string {
    return `/aws/containerinsights/${clusterName}/application`;
}

/**
 * Counts requests, errors and seconds in the access log of the gateway, which is JSON that Fluent Bit puts below
 * `log_processed`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function gatewayMetricFilters(settings: Settings, opts: pulumi.CustomResourceOptions): void {
    const { namePrefix, hysds } = settings;
    const gateway = `($.kubernetes.namespace_name = "${hysds.namespace}") && ($.kubernetes.container_name = "nginx")`;
    const filters = {
        requests: { condition: "$.log_processed.status > 0", value: "1" },
        errors: { condition: "$.log_processed.status >= 500", value: "1" },
        seconds: {
            condition: "$.log_processed.status > 0",
            value: "$.log_processed.request_time",
        },
    } as const;
    for (const [key, { condition, value }] of Object.entries(filters)) {
        const counted = GATEWAY_METRICS[key as keyof typeof filters];
        new aws.cloudwatch.LogMetricFilter(
            `${namePrefix}-gateway-${key}`,
            {
                name: `${namePrefix}-gateway-${key}`,
                logGroupName: containerLogGroup(namePrefix),
                pattern: `{ ${gateway} && (${condition}) }`,
                metricTransformation: {
                    name: counted.name,
                    namespace: namespaceOf(counted, settings),
                    value,
                },
            },
            opts,
        );
    }
}
