import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { resolvedEndpoint } from "../../../components/backends/endpoint";
import { renderUiConfiguration, renderUiNginx } from "../../../components/hysds/configuration/ui";
import { gatewayRoutes } from "../../../components/operations/gateway-config";
import { parseContract } from "../../../workshop/scripts/support/contract";
import { WORKLOADS } from "../../support/workloads-of-hysds";
import { inCluster, managed } from "./support/inputs";

/** What the file exports, on a page of this port, or without any page. */
function exported(port?: string): Record<string, unknown> {
    const exports = {};
    const window = port === undefined ? undefined : { location: { port } };
    runInNewContext(renderUiConfiguration(), window ? { exports, window } : { exports });
    return exports;
}

describe("src/config/index.js of hysds_ui", () => {
    it("supplies exactly the keys that are read", () => {
        const yaml = join(__dirname, "../../../docs/hysds-contract.yaml");
        const { files } = parseContract(readFileSync(yaml, "utf8"));
        const file = files.find((each) => each.file === "hysds_ui/src/config/index.js");
        const read = file?.rows.map(({ key, status }) => [key, status]).sort();
        expect(
            Object.keys(exported())
                .map((key) => [key, "supplied"])
                .sort(),
        ).toEqual(read);
    });

    it("leads to the paths of the gateway, and to nothing else", () => {
        const prefixes = gatewayRoutes(WORKLOADS, "hysds").map(({ prefix }) => `${prefix}/`);
        const { RABBIT_MQ_PORT, ...settings } = exported("8080");
        const urls = Object.values(settings).filter(
            (value): value is string => typeof value === "string" && value.startsWith("/"),
        );
        expect(urls.length).toBeGreaterThan(7);
        for (const url of urls) {
            expect(
                prefixes.some((prefix) => `${url}/`.startsWith(prefix)),
                url,
            ).toBe(true);
        }
        const link = new URL(`http://hysds.example.org:${String(RABBIT_MQ_PORT)}`);
        expect(link.href).toBe("http://hysds.example.org:8080/flower/broker");
    });

    it("is read by the bundler too, which has no page", () => {
        expect(exported()).toMatchObject({
            ROOT_PATH: "/hysds_ui/",
            RABBIT_MQ_PORT: "/flower/broker",
        });
    });
});

describe("nginx.conf of hysds-ui", () => {
    it("gives credentials to clusters that have some, and none to a signing proxy", () => {
        const { username, password } = inCluster().search.grq;
        const credentials = Buffer.from(`${username}:${password}`).toString("base64");
        expect(renderUiNginx(inCluster())).toContain(`Authorization "Basic ${credentials}"`);
        expect(renderUiNginx(managed())).not.toContain("Authorization");
    });

    it("verifies a cluster that it reaches by TLS", () => {
        const { search, clusterDomain } = inCluster();
        const grq = { ...search.grq, ...resolvedEndpoint({ ...search.grq, scheme: "https" }) };
        const config = renderUiNginx({ search: { ...search, grq }, clusterDomain });
        expect(config.match(/proxy_ssl_verify on;/g)).toHaveLength(3);
        expect(config.match(/proxy_ssl_server_name on;/g)).toHaveLength(3);
        expect(renderUiNginx(inCluster())).not.toContain("proxy_ssl");
    });

    it("names Services as a resolver without search domains finds them", () => {
        const stores = renderUiNginx(inCluster()).match(/set \$store .*;/g);
        expect(new Set(stores)).toEqual(
            new Set(["set $store http://search.stores.svc.cluster.local:9200;"]),
        );
    });

    it("asks each cluster for its own alias", () => {
        const config = renderUiNginx(managed());
        const passed = [
            ...config.matchAll(/set \$store http:\/\/(\S+):\d+;[^}]*proxy_pass (\S+);/g),
        ];
        expect(passed.map(([, host, path]) => [host, path])).toEqual([
            ["search-grq", "$store/grq/_msearch"],
            ["search-grq", "$store/grq/_count"],
            ["search-grq", "$store/$document"],
            ["search-mozart", "$store/job_status/_msearch"],
            ["search-mozart", "$store/job_status/_count"],
        ]);
    });
});
