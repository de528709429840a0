import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
    ConfigurationInputs,
    SearchAddress,
    renderConfiguration,
} from "../../../components/hysds/configuration";
import { ProbedPod } from "../../support/probe";
import { variants } from "../configuration/support/inputs";

let pod: ProbedPod;
const servers: Server[] = [];

beforeEach(async () => {
    pod = await ProbedPod.create();
});

afterEach(async () => {
    for (const server of servers.splice(0)) {
        await new Promise((closed) => server.close(closed));
    }
    await pod.remove();
});

interface Login {
    readonly username?: string;
    readonly password?: string;
}

/** A search cluster on loopback that opens for its own login, or a signing proxy, which asks for none; its port. */
async function cluster({ username = "", password }: Login, status = 200): Promise<number> {
    const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const server = createServer(({ headers }, response) => {
        const admitted = password === undefined || headers.authorization === wanted;
        response.writeHead(admitted ? status : 401).end("{}");
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return (server.address() as AddressInfo).port;
}

/** The stack with real servers in the place of its search clusters. */
async function running({ search, ...others }: ConfigurationInputs): Promise<ConfigurationInputs> {
    const at = async (address: SearchAddress): Promise<SearchAddress> => ({
        ...address,
        host: "127.0.0.1",
        port: await cluster(address),
    });
    const [mozart, grq] = [await at(search.mozart), await at(search.grq)];
    return { ...others, search: { ...search, mozart, grq } };
}

const BOTH = ["stores", "search-jobs", "search-grq"];

// The servers of this test have no certificates.
const withoutTls = variants.filter(([, { search }]) => !search.grq.tls);

describe.each(withoutTls)("the search stores of %s", (_name, inputs) => {
    it("make a pod ready while both answer, and not when one is away", async () => {
        const rendered = renderConfiguration(await running(inputs));
        expect(await pod.probe(rendered, BOTH)).toMatchObject({ exitCode: 0, stderr: "" });
        const grq = servers.pop();
        await new Promise((closed) => grq?.close(closed));
        const { exitCode, stderr } = await pod.probe(rendered, BOTH);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^search-grq \(GRQ_ES_URL\): 127\.0\.0\.1:\d+: .*refused/);
    });

    it("make no pod ready that has another login", async () => {
        const { search, ...others } = await running(inputs);
        const locked = { ...search.mozart, port: await cluster({ password: "another" }) };
        const rendered = renderConfiguration({ ...others, search: { ...search, mozart: locked } });
        const { exitCode, stderr } = await pod.probe(rendered, BOTH);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^search-jobs .*HTTP 401/);
    });
});

describe("a search address", () => {
    const LOGIN = { username: "hysds", password: "a:b@c/d" };
    const NETRC = 'default login "hysds" password "a:b@c/d"\n';
    const URL_LOGIN = "hysds:a%3Ab%40c%2Fd";

    async function asks(address: (port: number) => string, netrc?: string) {
        const port = await cluster(LOGIN);
        const celeryconfig = `JOBS_ES_URL = ${address(port)}\n`;
        const files = { "celeryconfig.py": celeryconfig, "netrc-os": netrc };
        return pod.probe(files, ["stores", "search-jobs"]);
    }

    it.each<[string, (port: number) => string]>([
        ["a URL", (port) => `"http://${URL_LOGIN}@127.0.0.1:${port}"`],
        ["a URL with a path", (port) => `"http://${URL_LOGIN}@127.0.0.1:${port}/es/"`],
        ["a list of URLs", (port) => `["http://${URL_LOGIN}@127.0.0.1:${port}"]`],
        [
            "a dictionary",
            (port) => `{"host": "127.0.0.1", "port": ${port}, "http_auth": ("hysds", "a:b@c/d")}`,
        ],
        [
            "a list of dictionaries",
            (port) => `[{"host": "127.0.0.1", "port": ${port}, "http_auth": "hysds:a:b@c/d"}]`,
        ],
        [
            "a list whose first host is away",
            (port) => `["http://127.0.0.1:1", "http://${URL_LOGIN}@127.0.0.1:${port}"]`,
        ],
        ["a host without a login, which is in ~/.netrc-os", (port) => `"127.0.0.1:${port}"`],
    ])("may be %s", async (_form, address) => {
        expect(await asks(address, NETRC)).toMatchObject({ exitCode: 0, stderr: "" });
    });

    it("whose login is nowhere is no store that answers", async () => {
        const { exitCode, stderr } = await asks((port) => `["http://127.0.0.1:${port}"]`);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^search-jobs \(JOBS_ES_URL\): .*\.netrc-os/);
    });
});
