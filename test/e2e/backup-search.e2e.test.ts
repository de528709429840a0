import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BackupScripts, Listed, Overwritten, Taken } from "./support/backup-scripts";
import { callJson } from "./support/call-json";
import { SearchNode, startOpensearch } from "./support/consumers/opensearch-node";

describe("search indices, on a real OpenSearch", () => {
    let folder: string;
    let node: SearchNode;
    let url: string;
    let backups: BackupScripts;

    async function count(index: string): Promise<number | undefined> {
        return (await callJson<{ count: number }>(`${url}/${index}/_count`))?.count;
    }

    async function add(index: string, documents: number): Promise<void> {
        for (let number = 0; number < documents; number += 1) {
            await callJson(`${url}/${index}/_doc/${number}?refresh=true`, "PUT", { number });
        }
    }

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), "hysds-snapshots-"));
        await chmod(folder, 0o755);
        const home = join(folder, "opensearch");
        await mkdir(home);
        node = await startOpensearch(home);
        url = node.url;
        const repository = { type: "fs", settings: { location: "hysds-backups" } };
        const store = { url, repository, pollSeconds: 0.2 };
        backups = await BackupScripts.install(join(folder, "search-scripts"), "search", store);
        await callJson(`${url}/grq_v1_sar`, "PUT", { aliases: { grq: {} } });
        await add("grq_v1_sar", 5);
        await add("user_rules-grq", 2);
    });

    afterAll(async () => {
        await node?.stop();
        await rm(folder, { recursive: true, force: true });
    });

    it("are snapshot, and listed", async () => {
        const { taken, removed } = await backups.answer<Taken>("take");
        expect(removed).toEqual([]);
        const { backups: listed } = await backups.answer<Listed>("list");
        expect(listed).toEqual([expect.objectContaining({ name: taken, state: "complete" })]);
    });

    it("come back beside those of today, in no alias", async () => {
        const [backup] = (await backups.answer<Listed>("list")).backups;
        await add("user_rules-grq", 4);
        const name = backup?.name ?? "";
        const dryRun = await backups.answer<Overwritten>("restore", name, "--dry-run");
        expect(dryRun.overwrites).toContainEqual({
            what: "grq_v1_sar",
            now: "new",
            backup: "restored-grq_v1_sar",
        });
        expect(await count("restored-grq_v1_sar")).toBeUndefined();
        await backups.answer("restore", name);
        expect(await count("restored-user_rules-grq")).toBe(2);
        expect(await count("user_rules-grq")).toBe(4);
        expect(await count("grq")).toBe(5);
        expect(await backups.run("restore", name)).toMatchObject({ exitCode: 1 });
    });

    it("come back over those of today and where there are none, by name", async () => {
        const [backup] = (await backups.answer<Listed>("list")).backups;
        await callJson(`${url}/grq_v1_sar`, "DELETE");
        const options = ["--in-place", "--indices", "user_rules-*,grq_*"];
        const name = backup?.name ?? "";
        const dryRun = await backups.answer<Overwritten>("restore", name, ...options, "--dry-run");
        expect(dryRun.overwrites).toEqual([
            { what: "grq_v1_sar", now: "new", backup: "grq_v1_sar" },
            {
                what: "user_rules-grq",
                now: "4 documents are replaced",
                backup: "user_rules-grq",
            },
        ]);
        await backups.answer("restore", name, ...options);
        expect(await count("user_rules-grq")).toBe(2);
        expect(await count("grq")).toBe(5);
    });

    it("are kept for as long as the settings say, and the newest for ever", async () => {
        const store = {
            url,
            repository: { type: "fs", settings: { location: "hysds-backups" } },
            retentionDays: 0,
            pollSeconds: 0.2,
        };
        const impatient = await BackupScripts.install(join(folder, "no-days"), "search", store);
        const [old] = (await backups.answer<Listed>("list")).backups;
        const { taken, removed } = await impatient.answer<Taken>("take");
        expect(removed).toEqual([old?.name]);
        const { backups: left } = await backups.answer<Listed>("list");
        expect(left.map(({ name }) => name)).toEqual([taken]);
        const missing = await backups.run("restore", old?.name ?? "");
        expect(missing.stderr).toContain(`there is no backup ${old?.name}`);
    });
});
