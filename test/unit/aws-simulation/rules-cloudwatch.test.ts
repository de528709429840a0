import { describe, expect, it } from "vitest";
import { refusals } from "../../../workshop/aws-simulation/rules";
import { Properties } from "../../../workshop/aws-simulation/wire/values";
import { equippedAccount, exists, Refusal } from "./support/refusals";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";

function refused(type: string, inputs: Properties): string[] {
    const account = equippedAccount();
    exists(account, GROUP, "here", { name: "here" });
    return (["check", "create"] as const).flatMap((at) => refusals(type, at, { account, inputs }));
}

const metric = { namespace: "AWS/ES", metricName: "Nodes", stat: "Minimum", period: 60 };
const SIMPLE = { name: "a", metricName: "Nodes", period: 60, evaluationPeriods: 3 };
const QUERIES: Properties[] = [
    { id: "share", expression: "IF(all > 0, 100 * used / all, 0)", returnData: true },
    { id: "used", metric },
    { id: "all", metric },
];
const MATH = { name: "a", evaluationPeriods: 3, metricQueries: QUERIES };

describe("CloudWatch", () => {
    it.each<[string, string, Properties]>([
        ["an alarm on a metric", ALARM, SIMPLE],
        ["an alarm by metric math", ALARM, MATH],
        [
            "an alarm that looks back a day",
            ALARM,
            { ...SIMPLE, period: 86_400, evaluationPeriods: 1 },
        ],
        ["a filter of a log group", FILTER, { name: "f", logGroupName: "here" }],
    ])("accepts %s", (_, type, inputs) => {
        expect(refused(type, inputs)).toEqual([]);
    });

    it.each<Refusal>([
        ["about nothing", { name: "a", evaluationPeriods: 1 }, "one of `metric_name,metric_query`"],
        ["about two things", { ...MATH, metricName: "Nodes" }, "one of `metric_name,metric_query`"],
        [
            "with two results",
            {
                ...MATH,
                metricQueries: [...QUERIES, { id: "x", metric, returnData: true }],
            },
            "Exactly one element of the metrics list should return data",
        ],
        [
            "whose expression names a metric that is not there",
            { ...MATH, metricQueries: QUERIES.slice(0, 2) },
            "undefined id 'all'",
        ],
        [
            "that looks back two days",
            { ...SIMPLE, period: 300, evaluationPeriods: 600 },
            "EvaluationPeriods * Period must be <= 86400",
        ],
    ])("refuses an alarm %s", (_, inputs, wording) => {
        expect(refused(ALARM, inputs)).toContainEqual(expect.stringContaining(wording));
    });

    it("refuses a filter of a log group that is not there", () => {
        expect(refused(FILTER, { name: "f", logGroupName: "elsewhere" })).toContainEqual(
            expect.stringContaining("The specified log group does not exist"),
        );
    });
});
