import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
    ConfigurationInputs,
    renderBootstrap,
    renderConfiguration,
    renderSupervisord,
} from "../../components/hysds/configuration";
import { disguised, inCluster, managed, Passwords } from "../unit/configuration/support/inputs";
import { consumerPython } from "./support/consumers/installations";
import { SearchCluster } from "./support/consumers/search-cluster";

const READER = join(__dirname, "support/consumers/read_configuration.py");
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));

let folder: string;

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-configuration-"));
});

afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
});

async function write(place: string, files: Readonly<Record<string, string>>): Promise<string> {
    for (const [name, text] of Object.entries(files)) {
        const file = join(place, name);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text, { mode: 0o600 });
    }
    return place;
}

function passwordsWithout(excluded: string): fc.Arbitrary<string> {
    const allowed = PRINTABLE.filter((character) => !excluded.includes(character));
    return fc.string({ unit: fc.constantFrom(...allowed), minLength: 16, maxLength: 64 });
}

describe("what Python, Flask and the store clients read", () => {
    it.each(["elasticsearch", "opensearch"] as const)(
        "is every password as it was, with %s",
        async (engine) => {
            const passwords = fc.record({
                broker: passwordsWithout(",:="),
                redis: passwordsWithout('@"/'),
                search: passwordsWithout("").filter((value) => !/\$\{\w+\}/.test(value)),
            });
            const samples: Passwords[] = fc.sample(passwords, 50);
            const folders = await Promise.all(
                samples.map((sample, index) =>
                    write(
                        join(folder, String(index)),
                        renderConfiguration(inCluster(engine, sample)),
                    ),
                ),
            );
            const { stdout } = await execa(await consumerPython(), [READER, ...folders]);
            expect(JSON.parse(stdout)).toEqual(
                samples.map(({ broker, redis, search }) => ({
                    broker,
                    virtualHost: "/",
                    management: broker,
                    redis,
                    grq2Redis: redis,
                    netrc: ["admin", search],
                    jobs: {
                        host: "http://search.stores.svc:9200",
                        authorization: `Basic ${Buffer.from(`admin:${search}`).toString("base64")}`,
                    },
                    peleKey: "disguised-pele-key",
                })),
            );
        },
    );

    it("is plain HTTP to the signing proxy, for both engines", async () => {
        const rendered = [managed("elasticsearch"), managed("opensearch")].map(renderConfiguration);
        const folders = await Promise.all(
            rendered.map((files, index) => write(join(folder, String(index)), files)),
        );
        const { stdout } = await execa(await consumerPython(), [READER, ...folders]);
        const hosts = (JSON.parse(stdout) as { jobs: { host: string } }[]).map(
            ({ jobs }) => jobs.host,
        );
        expect(hosts).toEqual(["http://search-mozart:9200", "http://search-mozart:9200"]);
    });
});

describe("supervisord", () => {
    it("hands every argument and variable to a program as it is", async () => {
        const awkward = [`it's "quoted"`, "50% off", "a #b ;c", "$HOME `id`", "\\", "ends\\"];
        const python = await consumerPython();
        const code = "import json,os,sys;print(json.dumps([sys.argv[1:],os.environ['AWKWARD']]))";
        const variable = awkward.join(" # ");
        const text = renderSupervisord([
            {
                name: "awkward",
                command: [python, "-c", code, "%(process_num)02d", ...awkward],
                processes: 1,
                stopWaitSeconds: 1,
                environment: { AWKWARD: variable },
            },
        ]);
        await write(folder, { "supervisord.conf": text.replaceAll("/run/supervisord", folder) });
        const parse = [
            "import shlex,subprocess,sys",
            "from supervisor.options import ServerOptions",
            "options = ServerOptions()",
            "options.realize(args=['-c', sys.argv[1]])",
            "command = options.process_group_configs[0].process_configs[0].command",
            "print(subprocess.run(shlex.split(command), capture_output=True, text=True).stdout)",
        ].join("\n");
        const { stdout } = await execa(python, ["-c", parse, join(folder, "supervisord.conf")]);
        expect(JSON.parse(stdout)).toEqual([["00", ...awkward], variable]);
    });
});

describe("the search bootstrap", () => {
    const distributions = [
        [
            "opensearch",
            { number: "2.19.0", distribution: "opensearch" },
            "/_plugins/_ism/policies/",
        ],
        ["elasticsearch", { number: "7.10.2", build_flavor: "oss" }, "/_opendistro/_ism/policies/"],
        ["elasticsearch", { number: "7.10.2", build_flavor: "default" }, "/_ilm/policy/"],
    ] as const;

    let cluster: SearchCluster;

    afterEach(async () => {
        await cluster.stop();
    });

    /** Runs the Job's entry; one cluster serves all parts. */
    async function bootstrap(inputs: ConfigurationInputs, attempts = 3) {
        const at = <Address extends { port: number; host: string }>(address: Address): Address => ({
            ...address,
            host: "127.0.0.1",
            port: cluster.port,
        });
        const { mozart, grq, metrics } = inputs.search;
        const search = { mozart: at(mozart), grq: at(grq), metrics: at(metrics) };
        await write(folder, renderBootstrap({ ...inputs, search }));
        const args = [join(folder, "bootstrap.py"), `--attempts=${attempts}`, "--delay=0.1"];
        return execa("python3", args, { reject: false });
    }

    it.each(distributions)(
        "prepares %s %o, and again, by %s",
        async (engine, version, policies) => {
            cluster = await SearchCluster.start(version);
            expect(await bootstrap(inCluster(engine))).toMatchObject({ exitCode: 0, stderr: "" });
            const once = new Map(cluster.content);
            expect([...once.keys()]).toEqual(
                expect.arrayContaining([
                    `${policies}ilm_policy_mozart`,
                    "/_ingest/pipeline/dataset_pipeline",
                    "/_template/grq",
                    "/_index_template/job_status",
                    "/job_failed",
                    "/user_rules-grq",
                    "/hysds_ios-mozart",
                ]),
            );
            const template = JSON.stringify(once.get("/_index_template/job_status"));
            expect(template.includes("index.lifecycle.name")).toBe(policies === "/_ilm/policy/");
            expect(await bootstrap(inCluster(engine))).toMatchObject({ exitCode: 0 });
            for (const [path, body] of once) {
                expect(cluster.content.get(path), path).toEqual(body);
            }
            const login = Buffer.from(`admin:${disguised.search}`).toString("base64");
            expect(new Set(cluster.asked.map(({ authorization }) => authorization))).toEqual(
                new Set([`Basic ${login}`]),
            );
        },
    );

    it("waits for a cluster that is not yet there, and not for ever", async () => {
        cluster = await SearchCluster.start({ distribution: "opensearch" });
        cluster.unavailable = 2;
        expect(await bootstrap(managed("opensearch"))).toMatchObject({ exitCode: 0 });
        cluster.unavailable = 1000;
        const { exitCode, stderr } = await bootstrap(managed("opensearch"), 2);
        expect(exitCode).toBe(1);
        expect(stderr).toContain("no master");
    });

    it("names the index that is refused, and the answer", async () => {
        cluster = await SearchCluster.start({ distribution: "opensearch" });
        const error = { type: "mapper_parsing_exception", reason: "no such type" };
        cluster.refusals.set("/user_rules-grq", { status: 400, body: { error } });
        const { exitCode, stderr } = await bootstrap(inCluster());
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/index user_rules-grq.*400.*mapper_parsing_exception.*no such type/);
        expect(stderr).not.toContain(disguised.search);
    });
});
