import { stringify } from "yaml";
import { Settings } from "../../settings/settings";
import { AlarmRow, PrometheusNames, Watched } from "./alarm";
import { ALARMS } from "./alarms";

/** One alert, as Prometheus reads it. */
export interface AlertRule {
    readonly alert: string;
    readonly expr: string;
    readonly for: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
}

/** Groups of rules: the content of a rules file, and the spec of a PrometheusRule. */
export interface RuleGroups {
    readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[];
}

const STORES: readonly Watched[] = ["broker", "queue", "cache-node", "domain"];

/** The rows that Prometheus watches in a stack. What CloudWatch tells of managed stores it does not tell again. */
export function alertRules(settings: Settings, names: PrometheusNames): RuleGroups {
    const rules = ALARMS.flatMap((row) => {
        const condition = row.prometheus;
        if (
            !condition ||
            condition.applies?.(settings) === false ||
            isWatchedByCloudWatch(row, settings)
        ) {
            return [];
        }
        const expr = condition.expression(names);
        return [
            {
                alert: alertName(row.name),
                expr,
                for: condition.duration,
                labels: { severity: row.severity },
                annotations: { summary: row.meaning, description: `First: ${row.action}` },
            },
        ];
    });
    return { groups: [{ name: "hysds", rules }] };
}

function isWatchedByCloudWatch(row: AlarmRow, { backends }: Settings): boolean {
    return (
        backends.kind === "managed" && row.cloudwatch !== undefined && STORES.includes(row.watched)
    );
}

/** `queue-without-consumers` is `HysdsQueueWithoutConsumers`. */
function alertName(name: string): string {
    const words = name.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    return ["Hysds", ...words].join("");
}

/** A rules file of Prometheus. */
export function renderRules(groups: RuleGroups): string {
    return stringify(groups, { lineWidth: 0 });
}
