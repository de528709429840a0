import { block, list, text } from "../resources/row";
import { isObject, Properties, UNKNOWN } from "../wire/values";
import { Rule, RuleContext } from "./rule";

/** Seconds of a metric's period that alarms take: 10, 30, or whole minutes. */
function validPeriod(period: unknown): boolean {
    return period === UNKNOWN || [10, 30].includes(Number(period)) || Number(period) % 60 === 0;
}

function queries(inputs: Properties): Properties[] {
    return list(inputs, "metricQueries").filter(isObject);
}

/**
 * Refusals of PutMetricAlarm, PutDashboard and PutMetricFilter.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const cloudwatchRules: readonly Rule[] = [
    {
        name: "an alarm is about one metric or about an expression",
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        at: "check",
        refusal: ({ inputs }) =>
            (inputs.metricName === undefined) === (inputs.metricQueries === undefined)
                ? '"metric_query": one of `metric_name,metric_query` must be specified'
                : undefined,
    },
    {
        name: "an alarm by metric math has one result",
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        at: "create",
        refusal: ({ inputs }) =>
            inputs.metricQueries !== undefined &&
            queries(inputs).filter(({ returnData }) => returnData === true).length !== 1
                ? "operation error CloudWatch: PutMetricAlarm, api error ValidationError: Exactly one element of the metrics list should return data."
                : undefined,
    },
    {
        name: "an expression uses the ids of its queries",
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        at: "create",
        refusal: undefinedId,
    },
    {
        name: "an alarm looks back a day, or a week by the hour",
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        at: "create",
        refusal: lookBack,
    },
    {
        name: "a dashboard is JSON with widgets",
        type: "aws:cloudwatch/dashboard:Dashboard",
        at: "create",
        refusal: dashboardBody,
    },
    {
        name: "a metric filter reads a log group that is there",
        type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
        at: "create",
        refusal: ({ account, inputs }) =>
            account
                .ofType("aws:cloudwatch/logGroup:LogGroup")
                .some((group) => text(group.inputs, "name") === text(inputs, "logGroupName"))
                ? undefined
                : "operation error CloudWatch Logs: PutMetricFilter, api error ResourceNotFoundException: The specified log group does not exist.",
    },
];

function undefinedId({ inputs }: RuleContext): string | undefined {
    const ids = queries(inputs).map((query) => text(query, "id"));
    const used = queries(inputs).flatMap(
        (query) => text(query, "expression").match(/\b[a-z]\w*\b/g) ?? [],
    );
    const unknown = used.find((id) => !ids.includes(id));
    return unknown
        ? `operation error CloudWatch: PutMetricAlarm, api error ValidationError: Invalid metrics list: Expression uses the undefined id '${unknown}'`
        : undefined;
}

function lookBack({ inputs }: RuleContext): string | undefined {
    const periods = [
        inputs.period,
        ...queries(inputs).map((query) => block(query, "metric").period),
    ].filter((period) => period !== undefined);
    const back = Math.max(...periods.map(Number)) * Number(inputs.evaluationPeriods);
    const limit = periods.some((period) => Number(period) < 3600) ? 86_400 : 604_800;
    return back > limit || !periods.every(validPeriod)
        ? "operation error CloudWatch: PutMetricAlarm, api error ValidationError: Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400)."
        : undefined;
}

function dashboardBody({ inputs }: RuleContext): string | undefined {
    const body = text(inputs, "dashboardBody");
    return body !== "" && !body.includes('"widgets"')
        ? "operation error CloudWatch: PutDashboard, api error InvalidParameterInput: The dashboard body is invalid"
        : undefined;
}
