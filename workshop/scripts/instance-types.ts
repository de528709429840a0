import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { format, resolveConfig } from "prettier";
import { region } from "../../components/settings/limits/ec2";
import { familyAndSize, InstanceService } from "../../components/settings/limits/instance-offers";

const run = promisify(execFile);

const FILE = path.resolve(__dirname, "../../components/settings/limits/instance-types.json");

/** What cfn-lint's package has of each service, which it takes from AWS's price lists. */
const SOURCES = {
    ec2: "aws_ec2_instance/instancetype_enum.json",
    elasticache: "aws_elasticache_cachecluster/cachenodetype_enum.json",
    search: "aws_opensearchservice_domain/clusterconfig_instancetype_enum.json",
} as const satisfies Readonly<Record<InstanceService, string>>;

type Offers = Readonly<Record<string, { readonly enum: readonly string[] } | string>>;

/** The regions of one type, as a number in hexadecimal whose bit n stands for region n. */
function mask(type: string, regions: readonly string[], offers: Offers): string {
    const bits = regions.map((region) => {
        const offer = offers[region];
        return typeof offer === "object" && offer.enum.includes(type) ? 1n : 0n;
    });
    return bits.reduce<bigint>((sum, bit, index) => sum + (bit << BigInt(index)), 0n).toString(16);
}

/** By family: sizes that the same regions have, after the mask of these. */
function compressed(
    service: InstanceService,
    regions: readonly string[],
    offers: Offers,
): Record<string, string[]> {
    const all = Object.values(offers).flatMap((offer) =>
        typeof offer === "object" ? offer.enum : [],
    );
    const families: Record<string, Record<string, string[]>> = {};
    for (const type of [...new Set(all)].sort()) {
        const [family, size] = familyAndSize(service, type);
        ((families[family] ??= {})[mask(type, regions, offers)] ??= []).push(size);
    }
    return Object.fromEntries(
        Object.entries(families).map(([family, bySizes]) => [
            family,
            Object.entries(bySizes).map(([regionMask, sizes]) => [regionMask, ...sizes].join(" ")),
        ]),
    );
}

/** Fetches the newest cfn-lint from PyPI into a directory; gives the directory of its data. */
async function download(into: string): Promise<string> {
    await run("python3", ["-m", "pip", "download", "-q", "--no-deps", "-d", into, "cfn-lint"]);
    const [wheel = ""] = (await fs.readdir(into)).filter((name) => name.endsWith(".whl"));
    await run("python3", ["-m", "zipfile", "-e", path.join(into, wheel), into]);
    return path.join(into, "cfnlint/data/schemas");
}

/** Writes the table of instance types anew, from public data. Needs python3 with pip, and no account. */
async function main(): Promise<void> {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), "instance-types-"));
    try {
        const data = await download(directory);
        const read = async (name: string): Promise<unknown> =>
            JSON.parse(await fs.readFile(path.join(data, name), "utf8"));
        const { schema_date: date } = (await read("version.json")) as { schema_date: string };
        const offers = Object.fromEntries(
            await Promise.all(
                Object.entries(SOURCES).map(async ([service, file]) => [
                    service,
                    (await read(`extensions/${file}`)) as Offers,
                ]),
            ),
        ) as Record<InstanceService, Offers>;
        const regions = Object.keys(offers.ec2)
            .filter((name) => region.test(name))
            .sort();
        const table = {
            date: date.slice(0, 10),
            regions: regions.join(" "),
            ...Object.fromEntries(
                (Object.keys(SOURCES) as InstanceService[]).map((service) => [
                    service,
                    compressed(service, regions, offers[service]),
                ]),
            ),
        };
        await fs.writeFile(
            FILE,
            await format(JSON.stringify(table), { ...(await resolveConfig(FILE)), filepath: FILE }),
        );
    } finally {
        await fs.rm(directory, { recursive: true });
    }
}

void main();
