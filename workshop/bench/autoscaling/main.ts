import * as fs from "node:fs";
import * as path from "node:path";
import { format, resolveConfig } from "prettier";
import { renderChart } from "./chart";
import { DEFAULT_TUNING, poolScenario } from "./pool";
import { markdownTable, terminalTable } from "./report";
import { simulate } from "./simulate";
import { sweep, sweepTraces } from "./sweep";

/**
 * `npm run bench:autoscaling`: tries scaling rules on a day of 10,000 jobs, prints what each comes to, and writes the
 * table and the plot of the chosen ones into the documentation. Takes a minute or two; the result is always the same.
 *
 * Fails when the defaults of the settings are not the ones it would choose.
 */
const DOCS = path.resolve(__dirname, "../../../docs");
const PAGE = path.join(DOCS, "autoscaling.md");
const PLOT = path.join(DOCS, "autoscaling.svg");

const BEGIN = "<!-- sweep:begin -->";
const END = "<!-- sweep:end -->";

async function main(): Promise<void> {
    const traces = sweepTraces();
    const { scores, chosen } = sweep(DEFAULT_TUNING, traces);
    console.log(terminalTable(scores, chosen));

    const [day = []] = traces;
    const { samples } = simulate(day, poolScenario(chosen.tuning));
    fs.writeFileSync(PLOT, renderChart(samples, "10,000 jobs in a day, up to 200 workers"));
    await writeTable(markdownTable(scores, chosen));

    const isDefault =
        JSON.stringify(sorted(chosen.tuning)) === JSON.stringify(sorted(DEFAULT_TUNING));
    console.log(`Chosen: ${JSON.stringify(chosen.tuning)}`);
    if (!isDefault) {
        throw new Error(`The settings have other defaults: ${JSON.stringify(DEFAULT_TUNING)}`);
    }
}

async function writeTable(table: string): Promise<void> {
    const page = fs.readFileSync(PAGE, "utf8");
    const [before, rest] = page.split(BEGIN);
    const after = rest?.split(END)[1];
    if (after === undefined) {
        throw new Error(`${PAGE} has no place for the table: ${BEGIN} and ${END}`);
    }
    const written = `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
    fs.writeFileSync(
        PAGE,
        await format(written, { ...(await resolveConfig(PAGE)), filepath: PAGE }),
    );
}

function sorted(tuning: object): [string, unknown][] {
    return Object.entries(tuning).sort(([one], [other]) => one.localeCompare(other));
}

main().catch((failure: unknown) => {
    console.error(failure);
    process.exitCode = 1;
});
