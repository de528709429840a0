import { format } from "prettier";
import { parse } from "yaml";
import { z } from "zod";

const row = z.strictObject({
    key: z.string(),
    process: z.string(),
    /** Which part of the stack its value comes from. */
    from: z.string(),
    /** `owner/repository path:line`. */
    source: z.string().regex(/^[\w.-]+\/[\w.-]+ [\w./-]+:\d+$/),
    /**
     * `supplied`: in the rendered file. `workload`: set by the Deployment. `derived`: HySDS or its library makes it.
     * `unreached`: read where this stack never goes, for the reason given.
     */
    status: z.enum(["supplied", "workload", "derived", "unreached"]),
    why: z.string().optional(),
});

/** A real release that was run on the local stack: `npm run test:node -- --release DIR`. */
const run = z.strictObject({
    date: z.iso.date(),
    versions: z.record(z.string(), z.string()),
    /** What was seen. */
    seen: z.string(),
});

const contractSchema = z.strictObject({
    sources: z.record(z.string(), z.string()),
    runs: z.array(run).min(1),
    files: z.array(
        z.strictObject({ file: z.string(), reader: z.string(), rows: z.array(row).min(1) }),
    ),
});

export type Contract = z.infer<typeof contractSchema>;
export type ContractRow = z.infer<typeof row>;

/**
 * The text of docs/hysds-contract.yaml, checked.
 *
 * @throws ZodError when a row lacks a field, or has one that is not known
 */
export function parseContract(yaml: string): Contract {
    return contractSchema.parse(parse(yaml));
}

/** The contract as a Markdown page. */
export async function renderContract(contract: Contract): Promise<string> {
    const rows = contract.files.flatMap(({ rows: all }) => all);
    const count = (status: ContractRow["status"]) =>
        rows.filter((one) => one.status === status).length;
    const page = [
        "# What HySDS reads",
        "Made of [hysds-contract.yaml](hysds-contract.yaml) by `npm run generate`. A key that HySDS reads " +
            "and the rendered file lacks fails the unit tests, and so does a key that nothing reads.",
        `${rows.length} rows: ${count("supplied")} supplied by rendered files, ${count("workload")} set by workloads, ` +
            `${count("derived")} derived by HySDS itself, ${count("unreached")} read where this stack never goes.`,
        `Sources: ${Object.entries(contract.sources)
            .map(
                ([repository, version]) =>
                    `[${repository}](https://github.com/${repository}) at ${version}`,
            )
            .join(", ")}.`,
        "## Run with a real release",
        runs(contract),
        ...contract.files.map(section),
    ];
    return format(page.join("\n\n"), { parser: "markdown", printWidth: 100 });
}

function runs({ runs: all }: Contract): string {
    const lines = all.map(({ date, versions, seen }) =>
        cells(
            date,
            Object.entries(versions)
                .map(([name, version]) => `${name} ${version}`)
                .join(", "),
            seen,
        ),
    );
    const text =
        "`npm run test:node -- --release DIR` runs a release on a real Kubernetes node: do it before a new HySDS is " +
        "taken, and add a line. Without `--release` it runs the stand-ins of test/node/release.";
    return [text, "", cells("Date", "Versions", "What was seen"), "|---|---|---|", ...lines].join(
        "\n",
    );
}

function section({ file, reader, rows }: Contract["files"][number]): string {
    const lines = rows.map(({ key, process, from, source, status, why }) =>
        cells(`\`${key}\``, process, from, `\`${source}\``, why ? `${status}: ${why}` : status),
    );
    const head = [
        cells("Key", "Process", "Value from", "Source", "Status"),
        "|---|---|---|---|---|",
    ];
    return `## ${file}\n\nRead as: ${reader}.\n\n${[...head, ...lines].join("\n")}`;
}

function cells(...values: readonly string[]): string {
    return `| ${values.map((value) => value.replaceAll("|", "\\|")).join(" | ")} |`;
}
