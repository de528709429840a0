import { stringify } from "yaml";
import { Store, StoreUse } from "../../backends/store";
import { Settings } from "../../settings/settings";
import { AlarmRow, PrometheusCondition, PrometheusNames, Watched } from "./alarm";
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

/** The stores that rows are about. */
const USES: Readonly<Partial<Record<Watched, StoreUse>>> = {
    broker: "broker",
    queue: "broker",
    "cache-node": "redis",
    domain: "search",
};

/**
 * The rows that Prometheus watches in a stack. What CloudWatch tells of a store it does not tell again, and of a store
 * that its owner watches it knows nothing.
 */
export function alertRules(
    settings: Settings,
    stores: readonly Store[],
    names: PrometheusNames,
): RuleGroups {
    const rules = ALARMS.flatMap((row) => {
        const condition = row.prometheus;
        if (
            !condition ||
            condition.applies?.(settings) === false ||
            isWatchedElsewhere(row, condition, stores)
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

function isWatchedElsewhere(
    row: AlarmRow,
    condition: PrometheusCondition,
    stores: readonly Store[],
): boolean {
    const use = condition.reads ?? USES[row.watched];
    const read = stores.filter((store) => store.use === use);
    return (
        read.some(({ metrics }) => isOwners(metrics)) ||
        (row.cloudwatch !== undefined && read.some(({ metrics }) => metrics.cloudWatch))
    );
}

function isOwners({ cloudWatch, exporter, own }: Store["metrics"]): boolean {
    return !cloudWatch && !exporter && !own;
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
