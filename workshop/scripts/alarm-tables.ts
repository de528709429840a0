import {
    AlarmRow,
    CloudWatchCondition,
    PrometheusNames,
    Watched,
} from "../../components/operations/observability/alarm";
import { ALARMS } from "../../components/operations/observability/alarms";
import { between, cell } from "./markdown";

const MARKERS = { begin: "<!-- alarms:begin -->", end: "<!-- alarms:end -->" };

const HEADINGS: readonly (readonly [title: string, watched: readonly Watched[]])[] = [
    ["Queues", ["queue"]],
    ["RabbitMQ", ["broker"]],
    ["Redis", ["cache-node"]],
    ["Search", ["domain"]],
    ["Pods and nodes", ["cluster"]],
    ["Access", ["gateway", "application-load-balancer", "certificate"]],
];

/** Placeholders in the expressions of the documentation. */
const NAMES: PrometheusNames = {
    namespaces: "<namespaces>",
    services: "<namespace>",
    stores: "<storesNamespace>",
    queues: "<queues>",
    backlogs: [{ queue: "<queue>", messages: 200 }],
};

/** docs/observability.md with the tables of all alarms. */
export function withAlarmTables(markdown: string): string {
    const sections = HEADINGS.map(([title, watched]) => {
        const rows = ALARMS.filter((row) => watched.includes(row.watched));
        return [`### ${title}`, "", ...table(rows)].join("\n");
    });
    return between(markdown, MARKERS, sections.join("\n\n"));
}

function table(rows: readonly AlarmRow[]): string[] {
    return [
        "| Alarm | Raised when | What it means | First |",
        "| --- | --- | --- | --- |",
        ...rows.map((row) => {
            const name = `[\`${row.name}\`](${row.source})<br>${row.severity}`;
            return `| ${name} | ${conditions(row)} | ${cell(row.meaning)} | ${cell(row.action)} |`;
        }),
    ];
}

function conditions({ cloudwatch, prometheus }: AlarmRow): string {
    return [
        ...(cloudwatch ? [`CloudWatch: ${inWords(cloudwatch)}`] : []),
        ...(prometheus
            ? [
                  `Prometheus: \`${prometheus.expression(NAMES).replaceAll("|", "\\|")}\` for ${prometheus.duration}`,
              ]
            : []),
    ].join("<br>");
}

function inWords(condition: CloudWatchCondition): string {
    const { comparison, threshold, unit, periodSeconds, periods } = condition;
    const value = typeof threshold === "number" ? String(threshold) : threshold.words;
    const minutes = (periodSeconds * periods) / 60;
    return `${what(condition)} ${comparison} ${value}${unit && unit !== "ratio" ? ` ${unit}` : ""} for ${minutes} min; without data: ${condition.missing} (${condition.missingBecause})`;
}

function what({ metrics, expression }: CloudWatchCondition): string {
    const named = Object.entries(metrics);
    return expression === undefined
        ? named.map(([, { name, statistic }]) => `${statistic} of \`${name}\``).join()
        : `\`${named.reduce((text, [id, { name }]) => text.replace(new RegExp(`\\b${id}\\b`, "g"), name), expression)}\``;
}
