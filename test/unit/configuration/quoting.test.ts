import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ConfigurationInputs, renderConfiguration } from "../../../components/hysds/configuration";
import { logstashString, pythonLiteral } from "../../../components/hysds/configuration/quoting";
import { shellWord } from "../../../components/hysds/configuration/supervisord";
import { inCluster, managed } from "./support/inputs";
import { logstashStrings } from "./support/logstash";
import { pythonAssignments } from "./support/python";

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

function passwordsWithout(excluded: string): fc.Arbitrary<string> {
    const allowed = PRINTABLE.filter((character) => !excluded.includes(character));
    return fc.string({ unit: fc.constantFrom(...allowed), minLength: 16, maxLength: 64 });
}

/** Amazon MQ: no comma, colon or equals sign. */
const brokerPassword = passwordsWithout(",:= ");
/** ElastiCache AUTH: printable, without `@`, `"` and `/`. */
const redisPassword = passwordsWithout('@"/ ');
const searchPassword = passwordsWithout(" ").filter((value) => !/\$\{\w+\}/.test(value));

const passwords = fc.record({
    broker: brokerPassword,
    redis: redisPassword,
    search: searchPassword,
});

/** User name and password of a URL, as Python's urllib and Celery take them apart. */
function credentials(url: unknown): string[] {
    const { username, password } = new URL(String(url));
    return [username, password].map(decodeURIComponent);
}

function forAll(check: (secrets: { broker: string; redis: string; search: string }) => void) {
    fc.assert(fc.property(passwords, check), { numRuns: 100 });
}

function celeryOf(inputs: ConfigurationInputs): Record<string, unknown> {
    return pythonAssignments(renderConfiguration(inputs)["celeryconfig.py"]);
}

describe("a password of any characters that its store allows", () => {
    it("survives the URLs of celeryconfig.py", () => {
        forAll((secrets) => {
            const config = celeryOf(managed("elasticsearch", "separate", secrets));
            expect(credentials(config["broker_url"])).toEqual(["hysds", secrets.broker]);
            for (const key of [
                "result_backend",
                "REDIS_JOB_STATUS_URL",
                "REDIS_JOB_INFO_URL",
                "REDIS_INSTANCE_METRICS_URL",
                "REDIS_UNIX_DOMAIN_SOCKET",
            ]) {
                expect(credentials(config[key]), key).toEqual(["", secrets.redis]);
            }
        });
    });

    it("survives the search addresses of celeryconfig.py that hold one", () => {
        forAll((secrets) => {
            for (const engine of ["elasticsearch", "opensearch"] as const) {
                const config = celeryOf(inCluster(engine, secrets, "separate"));
                expect(config["GRQ_ES_URL"]).toMatchObject([
                    { http_auth: ["admin", `${secrets.search}-grq`], use_ssl: false },
                ]);
            }
        });
    });

    it("survives the Flask settings", () => {
        forAll((secrets) => {
            const files = renderConfiguration(inCluster("opensearch", secrets));
            const grq2 = pythonAssignments(files["grq2/settings.cfg"]);
            expect(credentials(grq2["REDIS_URL"])).toEqual(["", secrets.redis]);
            const pele = pythonAssignments(files["pele/settings.cfg"]);
            expect(credentials(pele["ES_URL"])).toEqual(["admin", secrets.search]);
        });
    });

    it("survives Logstash's strings", () => {
        forAll((secrets) => {
            const files = renderConfiguration(inCluster("opensearch", secrets));
            expect(logstashStrings(files["logstash/mozart.conf"])).toEqual(
                expect.arrayContaining([secrets.redis, secrets.search]),
            );
            expect(logstashStrings(files["logstash/metrics.conf"])).toContain(secrets.redis);
            expect(logstashStrings(files["logstash/sdswatch.conf"])).toContain(secrets.search);
        });
    });

    it("survives the YAML of the dashboards", () => {
        forAll((secrets) => {
            const files = renderConfiguration(inCluster("opensearch", secrets));
            expect(parse(files["opensearch_dashboards.yml"])).toMatchObject({
                "opensearch.password": secrets.search,
            });
            expect(parse(files["kibana.yml"])).toMatchObject({
                "elasticsearch.password": secrets.search,
            });
        });
    });

    it("is refused where Kibana would replace a part of it", () => {
        const secrets = { broker: "b", redis: "r", search: "with-${HOME}-inside" };
        expect(() => renderConfiguration(inCluster("opensearch", secrets))).toThrow(RangeError);
    });
});

describe("quoting of any text", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });

    it("keeps Python strings, of every plane of Unicode", () => {
        fc.assert(
            fc.property(text, (value) => {
                expect(pythonAssignments(`A = ${pythonLiteral(value)}\n`)).toEqual({ A: value });
            }),
        );
    });

    it("keeps Logstash strings, with references, quotes and backslashes anywhere", () => {
        const awkward = fc
            .array(
                fc.constantFrom(
                    "\\",
                    '"',
                    "'",
                    "${",
                    "${HOME}",
                    "${HOME:x}",
                    "}",
                    "$",
                    "%{id}",
                    "a",
                ),
            )
            .map((parts) => parts.join(""));
        fc.assert(
            fc.property(fc.oneof(text, awkward), (value) => {
                expect(logstashStrings(logstashString(value))).toEqual([value]);
            }),
            { numRuns: 500 },
        );
    });

    it("leaves no beginning of a comment in a supervised command", () => {
        fc.assert(
            fc.property(text, (value) => {
                expect(shellWord(value)).not.toMatch(/\s[#;]/);
            }),
        );
    });

    it("has no literal for numbers that Python has none for", () => {
        expect(() => pythonLiteral(Number.NaN)).toThrow(RangeError);
    });
});
