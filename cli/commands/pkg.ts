import { Command, Option } from "commander";
import { PulumiProject } from "../access/pulumi-project";
import { ArtifactBucket } from "../artifacts/artifact-bucket";
import { ObjectStore } from "../artifacts/object-store";
import { objectOfUrl } from "../artifacts/s3-url";
import { CommandContext } from "../context";
import { destructive, DestructiveOptions, permitLoss } from "../destructive";
import { OperationsError } from "../errors";
import { inTemporaryDirectory, unpackArchive } from "../packages/archive";
import { exportPackage, ExportOptions } from "../packages/export-package";
import { containerUrls } from "../packages/image-urls";
import {
    applyImport,
    DocumentChange,
    documentChanges,
    imageTarget,
} from "../packages/import-package";
import { CONTAINERS, HysdsPackage, readPackage } from "../packages/package";
import { applyRuleChange, ruleChanges } from "../rules/rule-changes";
import { Documents } from "../search/documents";
import { checkCommand, workersCommand } from "./pkg-check";

/**
 * `hysds-ops pkg`: packages of HySDS, to and from the archives that `sds pkg` has, and whether they would run.
 *
 * @param deployments what a stack's settings make, where something here can tell
 */
export function pkgCommand(
    context: CommandContext,
    deployments?: PulumiProject["deployments"],
): Command {
    const command = new Command("pkg").description("packages: ls, check, export, import, rm");
    command
        .command("ls")
        .description("lists packages")
        .action(() => listPackages(context));
    command.addCommand(checkCommand(context, deployments));
    command.addCommand(workersCommand(context, deployments));
    command.addCommand(exportCommand(context));
    command.addCommand(importCommand(context));
    destructive(
        command
            .command("rm")
            .description("removes a package: its documents, and its image where the bucket has it")
            .argument("<id>", "as pkg ls prints it"),
    ).action((id: string, options: DestructiveOptions) => removePackage(context, id, options));
    return command;
}

function exportCommand(context: CommandContext): Command {
    return new Command("export")
        .description("writes a package to an archive")
        .argument("<id>", "as pkg ls prints it")
        .option("-o, --outdir <directory>", "where to write it", ".")
        .option("-a, --accounts", "keep the accounts that may run its actions", false)
        .addOption(
            new Option("--images <which>", "images that go into the archive")
                .choices(["all", "own", "none"])
                .default("all"),
        )
        .action(async (id: string, options: ExportOptions & { readonly outdir: string }) => {
            const exported = await packageOf(await documentsOf(context), id);
            const file = await exportPackage(exported, options.outdir, options);
            context.print({ json: { file }, sections: [`Wrote ${file}.`] });
        });
}

interface ImportOptions extends DestructiveOptions {
    readonly images: "bucket" | "registry";
}

function importCommand(context: CommandContext): Command {
    return destructive(
        new Command("import")
            .description("reads a package from an archive")
            .argument("<file>", "as pkg export or sds pkg export has written it")
            .addOption(
                new Option("--images <where>", "where workers get its images from")
                    .choices(["bucket", "registry"])
                    .default("bucket"),
            ),
    ).action((file: string, options: ImportOptions) => importPackage(context, file, options));
}

async function listPackages(context: CommandContext): Promise<void> {
    const containers = await (await documentsOf(context)).all(CONTAINERS);
    const packages = containers
        .map(({ id, source }) => ({
            id,
            version: typeof source.version === "string" ? source.version : "",
            images: containerUrls(source),
        }))
        .sort((one, other) => (one.id < other.id ? -1 : 1));
    context.print({
        json: packages,
        sections: [
            {
                head: ["id", "version", "image"],
                rows: packages.map(({ id, version, images }) => [
                    id,
                    version,
                    images.join(", ") || "from the registry",
                ]),
            },
        ],
    });
}

async function importPackage(
    context: CommandContext,
    file: string,
    options: ImportOptions,
): Promise<void> {
    const installation = await context.open();
    const documents = await documentsOf(context);
    await inTemporaryDirectory(async (directory) => {
        const unpacked = await unpackArchive(file, directory);
        const bucket = await ArtifactBucket.find(installation);
        const target = imageTarget(unpacked, bucket, options.images);
        const changes = await documentChanges(documents, unpacked, target);
        const { user_rules: rules } = unpacked.manifest;
        const rulesToo = rules ? await ruleChanges(documents, rules) : [];
        const all = [
            ...changes,
            ...rulesToo.map(({ owner, name, kind }) => ({
                index: `rules of ${owner}`,
                id: name,
                kind,
            })),
        ];
        await permitReplacements(context, all, options);
        await applyImport(documents, unpacked, changes, target);
        for (const change of rulesToo) {
            await applyRuleChange(documents, change);
        }
        report(context, all);
    });
}

type Change = Pick<DocumentChange, "index" | "id" | "kind">;

async function permitReplacements(
    context: CommandContext,
    changes: readonly Change[],
    options: DestructiveOptions,
): Promise<void> {
    const replaced = changes.filter(({ kind }) => kind === "replaced");
    if (replaced.length > 0) {
        const losses = {
            head: ["index", "document"],
            rows: replaced.map(({ index, id }) => [index, id]),
        };
        const loss = { action: "Replacing documents", losses };
        await permitLoss(context, await context.open(), loss, options);
    }
}

function report(context: CommandContext, changes: readonly Change[]): void {
    const rows = changes.map(({ index, id, kind }) => ({ index, id, result: kind }));
    context.print({
        json: rows,
        sections: [
            {
                head: ["index", "document", "result"],
                rows: rows.map(({ index, id, result }) => [index, id, result]),
            },
        ],
    });
}

async function removePackage(
    context: CommandContext,
    id: string,
    options: DestructiveOptions,
): Promise<void> {
    const installation = await context.open();
    const documents = await documentsOf(context);
    const removed = await packageOf(documents, id);
    const bucket = await ArtifactBucket.find(installation);
    const images = containerUrls(removed.container.source).flatMap((url) => {
        const object = objectOfUrl(url);
        return object && bucket?.has(object) ? [{ url, object }] : [];
    });
    const { container, jobSpecs, actions } = removed;
    const all = [...actions, ...jobSpecs, container];
    const losses = {
        head: ["where", "what"],
        rows: [
            ...all.map(({ index, id: document }) => [index, document]),
            ...images.map(({ url }) => ["S3", url]),
        ],
    };
    await permitLoss(context, installation, { action: `Removing package ${id}`, losses }, options);
    // The container last: while it is there, the package is found, and what is left of it can be removed.
    for (const document of all) {
        await documents.remove(document);
    }
    const store = new ObjectStore();
    for (const { object } of images) {
        await store.remove(object);
    }
    context.print({ json: { removed: id }, sections: [`Removed package ${id}.`] });
}

async function packageOf(documents: Documents, id: string): Promise<HysdsPackage> {
    const found = await readPackage(documents, id);
    if (!found) {
        throw new OperationsError(`there is no package ${id}: "hysds-ops pkg ls" lists them`);
    }
    return found;
}

async function documentsOf(context: CommandContext): Promise<Documents> {
    return new Documents(await (await context.open()).http("mozart-search"));
}
