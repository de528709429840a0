import { describe, expect, it } from "vitest";
import { catalogue } from "../../../components/hysds/catalog";
import { gatewayRoutes, renderGatewayConfig } from "../../../components/operations/gateway-config";
import { hysdsSettings } from "../../support/hysds";
import { WORKLOADS } from "../../support/workloads-of-hysds";

function render(externalScheme: "http" | "https" = "https"): string {
    return renderGatewayConfig({
        port: 8080,
        routes: gatewayRoutes(WORKLOADS, "hysds"),
        externalScheme,
        resolvers: "10.96.0.10",
        clusterDomain: "cluster.local",
    });
}

/** Directives of `location <path>`. */
function location(config: string, path: string): string[] {
    const start = config.indexOf(`location ${path} {`);
    expect(start, path).toBeGreaterThan(-1);
    return config
        .slice(start, config.indexOf("}", start))
        .split("\n")
        .slice(1)
        .map((line) => line.trim());
}

describe("nginx.conf of the gateway", () => {
    it.each([
        ["/mozart/", "mozart", 8888],
        ["/grq/", "grq2", 8878],
        ["/pele/", "pele", 8877],
        ["/metrics/", "kibana", 5601],
        ["/flower/", "flower", 5555],
        ["/hysds_ui/", "hysds-ui", 8080],
    ])("leads %s to %s on port %i", (path, service, port) => {
        const [set] = location(render(), path);
        expect(set).toMatch(
            new RegExp(`^set \\$\\w+ http://${service}\\.hysds\\.svc\\.cluster\\.local:${port};$`),
        );
    });

    it("starts whether or not the services exist: upstreams are variables with a resolver", () => {
        const config = render();
        expect(config).toContain("resolver 10.96.0.10 valid=10s;");
        expect(config.match(/proxy_pass [^$\s]/g)).toBeNull();
    });

    it("tells the Flask APIs their prefix, which they take off themselves", () => {
        for (const prefix of ["/mozart", "/grq", "/pele"]) {
            const directives = location(render(), `${prefix}/`);
            expect(directives).toContain(`proxy_set_header X-Script-Name ${prefix};`);
            expect(directives.at(-2)).toMatch(/^proxy_pass \$\w+;$/);
        }
    });

    it("leaves the prefix to Kibana and Flower, which are configured with it", () => {
        const config = render();
        for (const name of ["metrics", "flower"]) {
            const directives = location(config, `/${name}/`);
            expect(directives).toContain(`proxy_pass $${name};`);
            expect(directives.join()).not.toContain("X-Script-Name");
        }
    });

    it("has links written with the scheme that people use", () => {
        expect(location(render("https"), "/mozart/")).toContain("proxy_set_header X-Scheme https;");
        expect(location(render("http"), "/mozart/")).toContain("proxy_set_header X-Scheme http;");
    });

    it("upgrades connections for web sockets, and waits as long as gunicorn", () => {
        const config = render();
        expect(location(config, "/flower/")).toContain("proxy_set_header Upgrade $http_upgrade;");
        expect(config).toContain("proxy_read_timeout 3600s;");
    });

    it("publishes no search cluster itself, and leaves searches to the user interface", () => {
        expect(render()).not.toContain("9200");
        for (const path of ["/grq_es/", "/mozart_es/"]) {
            expect(location(render(), path)[0]).toContain("http://hysds-ui.hysds");
        }
    });

    it("has neither pages nor searches where there is no user interface", () => {
        const workloads = catalogue(hysdsSettings({ hysds: { ui: false } }));
        expect(gatewayRoutes(workloads, "hysds").map(({ prefix }) => prefix)).toEqual([
            "/mozart",
            "/grq",
            "/pele",
            "/metrics",
            "/flower",
        ]);
    });
});
