import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Programs named `minikube`, `kind` and `docker` in a folder, over files that stand for what they have: Docker's store,
 * the images of the cluster, and what was asked of them. They take the arguments that their documentation has and refuse
 * all others:
 *
 * - https://minikube.sigs.k8s.io/docs/commands/image/
 * - https://kind.sigs.k8s.io/docs/user/quick-start/#loading-an-image-into-your-cluster
 * - https://docs.docker.com/reference/cli/docker/image/inspect/, …/docker/container/exec/, …/docker/buildx/bake/
 * - https://github.com/kubernetes-sigs/cri-tools/blob/master/docs/crictl.md
 */
export class FakePrograms {
    constructor(
        private readonly folder: string,
        names: readonly ("minikube" | "kind" | "docker")[],
    ) {
        names.forEach((name) => this.write(name, PROGRAMS[name]));
        this.setStore([]);
        this.setCluster([]);
        fs.writeFileSync(this.file("log"), "");
    }

    /** With these programs on its PATH, and Node.js, which they are written in. */
    get env(): NodeJS.ProcessEnv {
        return { PATH: `${this.folder}:${path.dirname(process.execPath)}:/usr/bin:/bin` };
    }

    /** Images that Docker has. */
    setStore(references: readonly string[]): void {
        fs.writeFileSync(this.file("store"), references.join("\n"));
    }

    /** Images that the cluster has. */
    setCluster(references: readonly string[]): void {
        fs.writeFileSync(this.file("cluster"), references.join("\n"));
    }

    /** Builds go wrong from now on. */
    breakBuilds(): void {
        fs.writeFileSync(this.file("broken"), "");
    }

    get cluster(): string[] {
        return fs.readFileSync(this.file("cluster"), "utf8").split("\n").filter(Boolean);
    }

    /** Each command line that changed something, with the variables that the bake file reads. */
    get changes(): string[] {
        return fs.readFileSync(this.file("log"), "utf8").split("\n").filter(Boolean);
    }

    private file(name: string): string {
        return path.join(this.folder, `${name}.txt`);
    }

    private write(name: string, source: string): void {
        const file = path.join(this.folder, name);
        fs.writeFileSync(file, `#!${process.execPath}\n${COMMON}\n${source}`, { mode: 0o755 });
    }
}

const COMMON = `
const fs = require("node:fs");
const path = require("node:path");
const name = path.basename(__filename);
const args = process.argv.slice(2);
const file = (which) => path.join(__dirname, which + ".txt");
const read = (which) => fs.readFileSync(file(which), "utf8").split("\\n").filter(Boolean);
const add = (which, lines) => fs.writeFileSync(file(which), [...read(which), ...lines].join("\\n"));
const log = (...more) => fs.appendFileSync(file("log"), [name, ...args, ...more].join(" ") + "\\n");
const fail = (why) => { process.stderr.write(why + "\\n"); process.exit(1); };
const familiar = (reference) => reference.replace(/^docker\\.io\\//, "");
const has = (which, reference) => read(which).map(familiar).includes(familiar(reference));
const load = (references) => {
    for (const each of references) if (!has("store", each)) fail("no such image: " + each);
    log();
    add("cluster", references);
};
const isCommand = (...words) => words.every((word, at) => args[at] === word);
/** Values of the options that a command has, and its words; any other option is refused. */
const parse = (given, { values = [], flags = [] }) => {
    const options = {}, words = [];
    for (let at = 0; at < given.length; at += 1) {
        const each = given[at];
        if (values.includes(each)) (options[each] ??= []).push(given[at += 1]);
        else if (flags.includes(each)) options[each] = true;
        else if (each.startsWith("-")) fail("unknown flag: " + each);
        else words.push(each);
    }
    return { options, words };
};
`;

const PROGRAMS = {
    minikube: `
const given = parse(args.slice(2), {
    values: ["--format", "--profile", "-p"],
    flags: ["--daemon", "--remote", "--overwrite", "--pull"],
});
if ((given.options["--profile"] ?? ["minikube"])[0] !== "minikube") fail("Profile not found");
if (isCommand("image", "ls")) process.stdout.write(read("cluster").join("\\n") + "\\n");
else if (isCommand("image", "load") && given.words.length === 1) load(given.words);
else fail("unknown command");
`,
    kind: `
if (!isCommand("load", "docker-image")) fail("unknown command");
const given = parse(args.slice(2), { values: ["--name", "-n", "--nodes"] });
if (given.options["--name"][0] !== "lab") fail("no nodes found for cluster");
load(given.words);
`,
    docker: `
if (isCommand("image", "inspect")) {
    const { words } = parse(args.slice(2), { values: ["--format", "-f"] });
    for (const each of words) if (!has("store", each)) fail("Error response from daemon: No such image: " + each);
    process.stdout.write("sha256:1\\n");
} else if (isCommand("exec", "lab-control-plane", "crictl", "images", "--output", "json")) {
    const images = read("cluster").map((reference) => ({ id: "sha256:1", repoTags: [reference], repoDigests: [] }));
    process.stdout.write(JSON.stringify({ images }));
} else if (isCommand("buildx", "bake")) {
    const { options, words } = parse(args.slice(2), { values: ["--file", "-f", "--set"], flags: ["--load", "--push"] });
    if (!fs.existsSync(options["--file"][0])) fail("ERROR: open " + options["--file"][0] + ": no such file or directory");
    if (fs.existsSync(file("broken"))) fail("ERROR: failed to solve");
    const { REGISTRY, TAG, SOURCE = "" } = process.env;
    log("SOURCE=" + SOURCE);
    add("store", words.map((image) => REGISTRY + "/" + image + ":" + TAG));
} else fail("docker: unknown command");
`,
} as const;
