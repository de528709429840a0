import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BackupScripts, Listed, Overwritten, Taken } from "./support/backup-scripts";
import { callJson } from "./support/call-json";
import { consumerPython, debianServers } from "./support/consumers/installations";
import { startLoadedRedis, startRabbitmq, startRedis } from "./support/consumers/servers";

const PASSWORD = `disguised/@?#%&+'$[]{}~`;
const DAY_MS = 24 * 3600 * 1000;

let folder: string;
let certificates: string;
const endings: (() => Promise<unknown>)[] = [];

/** An empty folder. */
async function place(name: string): Promise<string> {
    await mkdir(join(folder, name));
    return join(folder, name);
}

/** As the names of backups have it: 20260131-031500. */
function compact(time: Date): string {
    return time.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-backups-"));
    certificates = await place("certificates");
    const identities = ["--identities", "localhost", "127.0.0.1"];
    await execa(await consumerPython(), ["-m", "trustme", "--dir", certificates, ...identities]);
});

afterAll(async () => {
    await Promise.all(endings.map((end) => end()));
    await rm(folder, { recursive: true, force: true });
});

describe("RabbitMQ's definitions", () => {
    let url: string;
    let kept: string;
    let backups: BackupScripts;

    function api<Answer>(path: string, method = "GET", body?: unknown, password = PASSWORD) {
        const login = Buffer.from(`hysds:${password}`).toString("base64");
        return callJson<Answer>(`${url}/api/${path}`, method, body, `Basic ${login}`);
    }

    /** What a broker is made of, in an order of its own. */
    async function definitions(password = PASSWORD): Promise<Record<string, unknown>> {
        const all = await api<Record<string, unknown[]>>("definitions", "GET", undefined, password);
        const sorted = (value: unknown): unknown =>
            Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
        return Object.fromEntries(Object.entries(all ?? {}).map(([key, v]) => [key, sorted(v)]));
    }

    async function install(password: string): Promise<BackupScripts> {
        const store = { url, username: "hysds", password, place: { folder: kept } };
        return BackupScripts.install(join(folder, "rabbitmq-scripts"), "rabbitmq", store);
    }

    async function wipe(): Promise<void> {
        await api("queues/%2F/jobs_processed", "DELETE");
        await api("exchanges/%2F/rules", "DELETE");
        await api("policies/%2F/expiry", "DELETE");
        await api("users/operator", "DELETE");
        await api("vhosts/science", "DELETE");
    }

    beforeAll(async () => {
        const broker = await startRabbitmq({
            folder: await place("rabbitmq"),
            certificates,
            user: "hysds",
            password: PASSWORD,
            management: true,
        });
        endings.push(() => broker.stop());
        url = `http://127.0.0.1:${broker.managementPort}`;
        kept = join(await place("files"), "rabbitmq");
        backups = await install(PASSWORD);
        await api("vhosts/science", "PUT", {});
        await api("users/operator", "PUT", { password: "disguised", tags: "monitoring" });
        const permission = { configure: "^$", write: "^$", read: ".*" };
        await api("permissions/science/operator", "PUT", permission);
        const priorities = { durable: true, arguments: { "x-max-priority": 10 } };
        await api("queues/%2F/jobs_processed", "PUT", priorities);
        await api("exchanges/%2F/rules", "PUT", { type: "topic", durable: true });
        await api("bindings/%2F/e/rules/q/jobs_processed", "POST", { routing_key: "job.#" });
        const expiry = { pattern: "^tmp", definition: { expires: 60000 }, "apply-to": "queues" };
        await api("policies/%2F/expiry", "PUT", expiry);
    });

    it("come back whole after the broker was wiped", async () => {
        const before = await definitions();
        const { taken } = await backups.answer<Taken>("take");
        const { backups: listed } = await backups.answer<Listed>("list");
        expect(listed.map(({ name }) => name)).toEqual([taken]);
        await wipe();
        expect(await definitions()).not.toEqual(before);
        const dryRun = await backups.answer<Overwritten>("restore", taken, "--dry-run");
        expect(dryRun.overwrites).toContainEqual({ what: "queues", now: 0, backup: 1 });
        expect((await api<unknown[]>("queues"))?.length).toBe(0);
        await backups.answer("restore", taken);
        expect(await definitions()).toEqual(before);
    });

    it("leave the password that HySDS has now as it is", async () => {
        const [backup] = (await backups.answer<Listed>("list")).backups;
        const changed = { password: "disguised-newer", tags: "administrator" };
        await api("users/hysds", "PUT", changed);
        const later = await install("disguised-newer");
        await later.answer("restore", backup?.name ?? "");
        expect(await api("whoami", "GET", undefined, "disguised-newer")).toMatchObject({
            name: "hysds",
        });
    });

    it("are for the owner to read alone, and removed by age, never the last", async () => {
        const scripts = await install("disguised-newer");
        const [file = ""] = await readdir(kept);
        expect((await stat(join(kept, file))).mode & 0o077).toBe(0);
        const old = new Date(Date.now() - 8 * DAY_MS);
        await utimes(join(kept, file), old, old);
        const { taken, removed } = await scripts.answer<Taken>("take");
        expect(removed).toEqual([file.replace(".json", "")]);
        await utimes(join(kept, `${taken}.json`), old, old);
        expect(await readdir(kept)).toEqual([`${taken}.json`]);
    });

    it("never take the place of another, however close", async () => {
        const scripts = await install("disguised-newer");
        const seconds = Array.from({ length: 20 }, (_, second) => Date.now() + second * 1000);
        const names = seconds.map((time) => `hysds-${compact(new Date(time))}`);
        await Promise.all(names.map((name) => writeFile(join(kept, `${name}.json`), name)));
        const { taken } = await scripts.answer<Taken>("take");
        expect(names).not.toContain(taken);
        for (const name of names) {
            expect(await readFile(join(kept, `${name}.json`), "utf8")).toBe(name);
        }
    });

    it("say what is wrong, without a password", async () => {
        const scripts = await install("disguised-wrong");
        const refused = await scripts.run("take");
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain("401");
        expect(refused.stderr).not.toContain("disguised-wrong");
        const escaping = await scripts.run("restore", "../../etc/passwd");
        expect(escaping.stderr).toContain("is not the name of a backup");
    });
});

describe("Redis", () => {
    it("comes back with its queues, times to live and databases", async () => {
        const home = await place("redis");
        const server = await startRedis({ folder: home, certificates, password: PASSWORD });
        endings.push(() => server.stop());
        const dump = join(await place("dump"), "dump.rdb");
        const connect = (db: number) => {
            const client = new Redis({
                host: "127.0.0.1",
                port: server.port,
                password: PASSWORD,
                db,
            });
            endings.unshift(() => client.quit());
            return client;
        };
        const [jobs, metrics] = [connect(0), connect(3)];
        await jobs.rpush(
            "logstash",
            ...Array.from({ length: 2000 }, (_, index) => `event ${index}`),
        );
        await jobs.hset("celery-task-meta", { status: "SUCCESS", result: "\u0000\u00ff" });
        await jobs.set("short-lived", "x", "EX", 3600);
        for (let index = 0; index < 1200; index += 1) {
            await metrics.set(`metric-${index}`, index);
        }

        const root = await debianServers();
        await execa(join(root, "usr/bin/redis-cli"), ["-p", `${server.port}`, "--rdb", dump], {
            env: {
                REDISCLI_AUTH: PASSWORD,
                LD_LIBRARY_PATH: join(root, "usr/lib/x86_64-linux-gnu"),
            },
        });
        const loaded = { host: "127.0.0.1", port: 0 };
        const store = {
            host: "127.0.0.1",
            port: server.port,
            password: PASSWORD,
            dump,
            loaded,
            place: { folder: join(folder, "files-redis") },
        };
        const taking = await BackupScripts.install(join(folder, "redis-scripts"), "redis", store);
        const { taken } = await taking.answer<Taken>("take");

        await jobs.del("celery-task-meta");
        await jobs.rpush("logstash", "later");
        await metrics.flushdb();
        await jobs.set("made-later", "x");
        await rm(dump);

        await taking.answer("fetch", taken);
        const reading = await startLoadedRedis(dump);
        endings.push(() => reading.stop());
        const restoring = await BackupScripts.install(join(folder, "redis-scripts"), "redis", {
            ...store,
            loaded: { ...loaded, port: reading.port },
        });
        const { overwrites } = await restoring.answer<Overwritten>("restore", taken, "--dry-run");
        expect(overwrites).toEqual([
            { what: "keys of database 0", now: 3, backup: 3 },
            { what: "keys of database 3", now: 0, backup: 1200 },
        ]);
        expect(await jobs.exists("made-later")).toBe(1);
        await restoring.answer("restore", taken);

        expect((await jobs.keys("*")).sort()).toEqual([
            "celery-task-meta",
            "logstash",
            "short-lived",
        ]);
        expect(await jobs.llen("logstash")).toBe(2000);
        expect(await jobs.lindex("logstash", -1)).toBe("event 1999");
        expect(await jobs.hget("celery-task-meta", "result")).toBe("\u0000\u00ff");
        expect(await jobs.ttl("short-lived")).toBeGreaterThan(3000);
        expect(await metrics.dbsize()).toBe(1200);
    });
});
