import * as path from "node:path";
import { Command } from "commander";
import { VERDI_BUNDLE } from "../../contract/artifacts";
import { ArtifactBucket } from "../artifacts/artifact-bucket";
import { ObjectStore } from "../artifacts/object-store";
import { CommandContext } from "../context";
import { inTemporaryDirectory } from "../packages/archive";
import { BundleFile, bundleFiles, writeBundle } from "../ship/bundle-files";
import { restartPools } from "../ship/restart-pools";

interface ShipOptions {
    readonly dryRun?: boolean;
    readonly restart?: boolean;
}

/** `hysds-ops ship`: a bundle of code and configuration to the bucket that Verdi pools read. */
export function shipCommand(context: CommandContext): Command {
    return new Command("ship")
        .description("ships code and configuration to the Verdi pools")
        .argument("<directory>", "with python/ for PYTHONPATH, and etc/ with datasets.json")
        .option("--dry-run", "show what would be shipped")
        .option("--restart", "roll the pools, so that they read it after the jobs they run")
        .action((directory: string, options: ShipOptions) => ship(context, directory, options));
}

async function ship(
    context: CommandContext,
    directory: string,
    options: ShipOptions,
): Promise<void> {
    const files = await bundleFiles(directory);
    await inTemporaryDirectory(async (temporary) => {
        const archive = path.join(temporary, "bundle.tar.gz");
        const digest = await writeBundle(directory, files, archive);
        if (options.dryRun) {
            report(context, { files, digest, result: "not shipped", pools: [] });
            return;
        }
        const installation = await context.open();
        const location = (await ArtifactBucket.of(installation)).bundle(VERDI_BUNDLE);
        const store = new ObjectStore();
        const unchanged = (await store.metadata(location))?.sha256 === digest;
        if (!unchanged) {
            await store.upload(archive, location, { sha256: digest });
        }
        const pools = options.restart && !unchanged ? await restartPools(installation) : [];
        const result = unchanged
            ? "unchanged"
            : `shipped to s3://${location.bucket}/${location.key}`;
        report(context, { files, digest, result, pools });
    });
}

interface Shipment {
    readonly files: readonly BundleFile[];
    readonly digest: string;
    readonly result: string;
    readonly pools: readonly string[];
}

function report(context: CommandContext, shipment: Shipment): void {
    const { files, digest, result, pools } = shipment;
    const when =
        pools.length > 0
            ? `Pools that are rolled: ${pools.join(", ")}.`
            : "Pools read it when their pods start; --restart rolls them after the jobs they run.";
    context.print({
        json: shipment,
        sections: [
            {
                head: ["file", "bytes"],
                rows: files.map((file) => [file.path, file.bytes]),
            },
            `sha256:${digest} ${result}.${result.startsWith("shipped") ? `\n${when}` : ""}`,
        ],
    });
}
