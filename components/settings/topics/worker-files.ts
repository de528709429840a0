import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { OWN_HOME_FILES } from "../../../contract/worker";
import { runsJobs } from "../../hysds/catalog/workload";
import { HOME_DIRECTORY, JOB_DIRECTORIES, WORK_DIRECTORY } from "../../hysds/pod/paths";
import { key, topicKeys } from "../key";
import { dataKey, dnsSubdomain, maxSecretBytes } from "../limits/kubernetes-names";
import { fullKey } from "../problem";
import { Finding, remove, Rule, rule } from "../rule";
import type { Values } from "../schema";
import { nearHint } from "../suggest";
import { knownWorkloads } from "./known-workloads";

const HOME = "~/";

/** Placed by the worker itself when it starts: ../../hysds/pod/template.ts. */
const RESERVED = [...OWN_HOME_FILES.map((name) => `${HOME_DIRECTORY}/${name}`), ...JOB_DIRECTORIES];

/** Names of files that hold credentials by convention. */
const CREDENTIAL_FILE =
    /(^|\/)(\.netrc|\.pgpass|credentials|\.git-credentials|id_[a-z0-9]+)$|\.(pem|key|p12)$/;

/** Jobs run as users of their images, which may be any. */
const READABLE = "444";

const file = z.strictObject({
    path: z
        .string()
        .max(200)
        .regex(/^(~|\/data\/work)(\/(?!\.{1,2}(\/|$))[\w.@+-]+)+$/)
        .meta({
            allowed: `a file below the worker's home (~/…) or ${WORK_DIRECTORY}`,
            example: "~/settings.yaml",
        }),
    content: z.string().optional().meta({ allowed: "text", example: "text of the file" }),
    secret: z
        .strictObject({
            name: z.string().regex(dnsSubdomain).meta({
                allowed: "the name of a Secret in the jobs' namespace",
                example: "my-project",
            }),
            key: z.string().regex(dataKey).meta({
                allowed: "a key of the Secret",
                example: "netrc",
            }),
        })
        .optional(),
    // `pulumi config set --path` stores 0400 as a number.
    mode: z
        .union([z.string(), z.number()])
        .transform(String)
        .pipe(z.string().regex(/^0?[0-7]{3}$/))
        .optional()
        .meta({ allowed: "permissions as three octal digits", example: READABLE }),
    workers: z
        .array(z.string())
        .min(1)
        .optional()
        .meta({ allowed: "names of workers that run jobs, at least one" }),
});

/** Keys about files that job workers have. */
export const keys = topicKeys("HySDS", {
    workerFiles: key(z.array(file), {
        default: [],
        description:
            "Files that job workers have for their jobs to import: path, and content or a key of a Secret; mode and workers as needed. See docs/worker-files.md.",
        allowed: "a list of files, each with path, and content or secret",
    }),
});

type File = Values["workerFiles"][number];

const at = (index: number, part = ""): string => `workerFiles[${index}]${part}`;

function fileFindings(
    given: File,
    index: number,
    workers: readonly string[],
    isSecret: boolean,
): readonly Finding[] {
    const { path, content, secret } = given;
    const findings: Finding[] = [];
    if ((content === undefined) === (secret === undefined)) {
        const reason = "it needs one of content and secret";
        findings.push({ at: at(index), reason, fixes: [remove(at(index))] });
    }
    const taken = RESERVED.find((other) => overlaps(absolute(path), other));
    if (taken !== undefined) {
        const reason = `${taken} is the worker's own`;
        findings.push({ at: at(index, ".path"), reason, fixes: [remove(at(index))] });
    }
    if (content !== undefined && CREDENTIAL_FILE.test(path) && !isSecret) {
        findings.push({
            at: at(index, ".content"),
            reason: `${path} holds credentials, and this is plain text`,
            allowed: "a value that is set with --secret, or a key of a Secret",
            fixes: [{ set: at(index, ".content"), value: "content.txt", secret: true }],
        });
    }
    return [...findings, ...unknownWorkers(given, index, workers)];
}

function unknownWorkers(
    { workers = [] }: File,
    index: number,
    names: readonly string[],
): readonly Finding[] {
    return workers.flatMap((name, position) => {
        if (names.includes(name)) {
            return [];
        }
        const path = at(index, `.workers[${position}]`);
        return [
            {
                at: path,
                reason: `no worker that runs jobs has this name${nearHint(name, names)}`,
                allowed: names.join(", "),
                // A list without names would be none.
                fixes: [remove(workers.length > 1 ? path : at(index, ".workers"))],
            },
        ];
    });
}

/** Two files at one place, or one where another needs a directory, in the same worker. */
function clashes({ workerFiles }: Values): readonly Finding[] {
    return workerFiles.flatMap((given, index) => {
        const other = workerFiles
            .slice(0, index)
            .find(
                (before) =>
                    overlaps(absolute(before.path), absolute(given.path)) && meet(before, given),
            );
        return other === undefined
            ? []
            : [
                  {
                      at: at(index, ".path"),
                      reason: `${other.path} is there already`,
                      fixes: [remove(at(index))],
                  },
              ];
    });
}

/** A volume of `hysds:workloads` where a file is to be: Kubernetes takes one mount a path. */
function volumeFindings({ workerFiles, workloads }: Values): readonly Finding[] {
    return workerFiles.flatMap((given, index) =>
        Object.entries(workloads)
            .filter(([name]) => given.workers?.includes(name) ?? true)
            .flatMap(([, { volumes = [] }]) => volumes)
            .filter(({ mountPath }) => overlaps(mountPath, absolute(given.path)))
            .map(({ name }) => ({
                at: at(index, ".path"),
                reason: `volume ${name} of workloads is there already`,
                fixes: [remove(at(index))],
            })),
    );
}

function tooLarge({ workerFiles }: Values): readonly Finding[] {
    const bytes = workerFiles.reduce(
        (sum, { content = "" }) => sum + Buffer.byteLength(content),
        0,
    );
    return bytes <= maxSecretBytes
        ? []
        : [
              {
                  at: "workerFiles",
                  reason: `the files have ${bytes} bytes together, and a Secret takes ${maxSecretBytes}`,
                  allowed: "less, or files in an image, a bundle or a volume",
                  fixes: [remove("workerFiles")],
              },
          ];
}

function jobWorkers(values: Values): readonly string[] {
    return knownWorkloads(values)
        .filter(runsJobs)
        .map(({ name }) => name);
}

function meet(one: File, other: File): boolean {
    return (
        one.workers === undefined ||
        other.workers === undefined ||
        one.workers.some((name) => other.workers?.includes(name))
    );
}

function overlaps(one: string, other: string): boolean {
    return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function absolute(path: string): string {
    return path.startsWith(HOME) ? `${HOME_DIRECTORY}/${path.slice(HOME.length)}` : path;
}

/** Rules about files that job workers have. */
export const rules: readonly Rule[] = [
    rule(
        "worker-files-can-be-so",
        ["workerFiles", "workers", "searchEngine"],
        (values, { secretKeys }) => {
            const names = jobWorkers(values);
            const isSecret = secretKeys.includes(fullKey("workerFiles"));
            return values.workerFiles.flatMap((given, index) =>
                fileFindings(given, index, names, isSecret),
            );
        },
    ),
    rule("worker-files-do-not-meet", ["workerFiles"], clashes),
    rule("worker-files-are-beside-volumes", ["workerFiles", "workloads"], volumeFindings),
    rule("worker-files-fit-a-secret", ["workerFiles"], tooLarge),
];

/** A file that job workers have. */
export interface WorkerFileSettings {
    readonly path: string;
    /** What is in it, or where that is. */
    readonly source:
        | { readonly content: pulumi.Output<string> }
        | { readonly secret: { readonly name: string; readonly key: string } };
    readonly mode: number;
    /** Names of the workers that have it; all that run jobs when absent. */
    readonly workers?: readonly string[];
}

/** The files that job workers have, as their key has them. */
export function workerFileSettings({ workerFiles }: Values): readonly WorkerFileSettings[] {
    return workerFiles.map(({ path, content, secret, mode = READABLE, workers }) => ({
        path: absolute(path),
        source: secret === undefined ? { content: pulumi.secret(content ?? "") } : { secret },
        mode: Number.parseInt(mode, 8),
        ...(workers === undefined ? {} : { workers }),
    }));
}
