import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Settings } from "../../../settings/settings";
import { AlarmRow, CloudWatchCondition, Sizes, thresholdFor } from "../alarm";
import { ALARMS } from "../alarms";
import { namespaceOf } from "./gateway-metrics";
import { Subject } from "../watched";

export interface CloudWatchAlarmsArgs {
    readonly settings: Settings;
    readonly subjects: readonly Subject[];
    readonly topicArn: pulumi.Output<string>;
}

const COMPARISONS = {
    ">=": "GreaterThanOrEqualToThreshold",
    "<=": "LessThanOrEqualToThreshold",
    "<": "LessThanThreshold",
} as const;

/** An alarm that applies to a stack, and what it watches. */
export interface AppliedAlarm {
    readonly row: AlarmRow;
    readonly condition: CloudWatchCondition;
    readonly subject: Subject;
    /** `<alarm>` or `<alarm>-<subject>`. */
    readonly name: string;
    readonly threshold: number;
}

/** The rows that CloudWatch can watch in a stack, once for each thing that they are about. */
export function appliedAlarms(
    settings: Settings,
    subjects: readonly Subject[],
): readonly AppliedAlarm[] {
    return ALARMS.flatMap((row) =>
        subjects.flatMap((subject) => {
            const condition = row.cloudwatch;
            const { processes, perQueue } = subject;
            const sizes: Sizes = { settings, processes, perQueue };
            if (
                !condition ||
                row.watched !== subject.watched ||
                condition.applies?.(sizes) === false
            ) {
                return [];
            }
            const name = subject.name === "" ? row.name : `${row.name}-${subject.name}`;
            return [{ row, condition, subject, name, threshold: thresholdFor(condition, sizes) }];
        }),
    );
}

/** One CloudWatch alarm for each row and thing; beginning and end of each go to the topic. */
export class CloudWatchAlarms extends pulumi.ComponentResource {
    /** @param name start of the alarms' names */
    constructor(name: string, args: CloudWatchAlarmsArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:CloudWatchAlarms", name, {}, opts);
        for (const alarm of appliedAlarms(args.settings, args.subjects)) {
            new aws.cloudwatch.MetricAlarm(
                `${name}-${alarm.name}`,
                { ...alarmArgs(alarm, args), name: `${name}-${alarm.name}` },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}

function alarmArgs(
    { row, condition, subject, threshold }: AppliedAlarm,
    { settings, topicArn }: CloudWatchAlarmsArgs,
): aws.cloudwatch.MetricAlarmArgs {
    return {
        alarmDescription: `[${row.severity}] ${row.meaning} First: ${row.action}`,
        comparisonOperator: COMPARISONS[condition.comparison],
        threshold,
        evaluationPeriods: condition.periods,
        treatMissingData: condition.missing,
        alarmActions: [topicArn],
        okActions: [topicArn],
        ...(condition.expression === undefined
            ? singleMetric(condition, subject, settings)
            : { metricQueries: metricMath(condition, condition.expression, subject, settings) }),
    };
}

function singleMetric(
    { metrics, periodSeconds }: CloudWatchCondition,
    { dimensions }: Subject,
    settings: Settings,
): Partial<aws.cloudwatch.MetricAlarmArgs> {
    const [metric] = Object.values(metrics);
    return metric
        ? {
              namespace: namespaceOf(metric, settings),
              metricName: metric.name,
              statistic: metric.statistic,
              period: periodSeconds,
              dimensions: { ...dimensions },
          }
        : {};
}

function metricMath(
    { metrics, periodSeconds }: CloudWatchCondition,
    expression: string,
    { dimensions }: Subject,
    settings: Settings,
): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
    return [
        { id: "result", expression, label: expression, returnData: true },
        ...Object.entries(metrics).map(([id, metric]) => ({
            id,
            metric: {
                namespace: namespaceOf(metric, settings),
                metricName: metric.name,
                stat: metric.statistic,
                period: periodSeconds,
                dimensions: { ...dimensions },
            },
        })),
    ];
}
