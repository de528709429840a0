import * as path from "node:path";
import Table from "cli-table3";
import { CostEstimate, estimateMonthlyCost } from "../../cost";
import { billingOf, isInAws } from "../../cost/coverage";
import { REFERENCE_REGION } from "../../cost/prices";
import { ConfigurationError } from "../../components/settings/configuration-error";
import { parseSettings } from "../../components/settings/parse";
import { Settings } from "../../components/settings/settings";
import { Evaluation } from "./evaluation";
import { readStackConfiguration } from "./stack-configuration";
import { countByType } from "./tree";

const PROJECT_DIRECTORY = path.resolve(__dirname, "../..");

/**
 * What the stack of `Pulumi.<stack>.yaml` costs, from its configuration alone; undefined when it creates no cloud
 * resources of its own.
 *
 * @throws ConfigurationError when the configuration is invalid
 */
export function estimateStack(stack: string): CostEstimate | undefined {
    const { settings, region } = settingsOfStack(stack);
    return settings.platform.kind === "aws"
        ? estimateMonthlyCost(settings, region ?? REFERENCE_REGION)
        : undefined;
}

/**
 * The settings of `Pulumi.<stack>.yaml`, and its AWS region.
 *
 * @throws ConfigurationError when the configuration is invalid
 */
export function settingsOfStack(stack: string): {
    readonly settings: Settings;
    readonly region?: string;
} {
    const { values, secretKeys } = readStackConfiguration(PROJECT_DIRECTORY, stack);
    const settings = parseSettings(values, stack, secretKeys);
    if (settings instanceof ConfigurationError) {
        throw settings;
    }
    return { settings, region: values["aws:region"] };
}

/** US dollars as a reader wants them: `759`, or `140 to 420`. */
export function dollars(low: number, high: number): string {
    const [least, most] = [low, high].map((usd) => Math.round(usd).toLocaleString("en-US"));
    return least === most ? `${least}` : `${least} to ${most}`;
}

/** The estimate as a table, with what it is made from and what it leaves out. */
export function costReport(estimate: CostEstimate, { resources }: Evaluation): string {
    const table = new Table({
        head: ["What", "How much", "USD a month", "Note"],
        colAligns: ["left", "left", "right", "left"],
        style: { head: [], border: [], compact: true },
    });
    for (const { name, quantity, kind, low, high, note = "" } of estimate.items) {
        const amount = { priced: dollars(low, high), usage: "by usage", unknown: "not known" };
        table.push([name, quantity, amount[kind], note]);
    }
    table.push([
        "Total",
        "",
        dollars(estimate.low, estimate.high),
        "minimum to maximum number of nodes",
    ]);
    return [
        `Estimated cost in ${estimate.region}, list prices of ${estimate.pricesFrom} to ${estimate.pricesTo}`,
        table.toString(),
        ...estimate.notes,
        `Billed by usage: ${billedByUsage(resources)}.`,
    ].join("\n");
}

function billedByUsage(resources: Evaluation["resources"]): string {
    return countByType(resources)
        .filter(({ type }) => isInAws(type) && billingOf(type) === "usage")
        .map(({ type, count }) => `${count} × ${type.split(":").at(-1)}`)
        .join(", ");
}
