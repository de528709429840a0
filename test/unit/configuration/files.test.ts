import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
    ConfigurationFile,
    ConfigurationInputs,
    renderConfiguration,
} from "../../../components/hysds/configuration";
import { inCluster, managed, variants } from "./support/inputs";
import { isBalanced } from "./support/logstash";
import { pythonAssignments } from "./support/python";

/** `host:port list` of each list that a pipeline takes from. */
function readLists(pipeline: string): string[] {
    const inputs = [...pipeline.matchAll(/^ {4}redis \{\n(.*?)^ {4}\}$/gms)];
    return inputs.map(([, text = ""]) => {
        const value = (name: string) =>
            new RegExp(`^ +${name} => "?(.*?)"?$`, "m").exec(text)?.[1] ?? "";
        return `${value("host")}:${value("port")} ${value("key")}`;
    });
}

function python(inputs: ConfigurationInputs, file: ConfigurationFile): Record<string, unknown> {
    return pythonAssignments(renderConfiguration(inputs)[file]);
}

describe.each([
    ["managed elasticsearch", managed("elasticsearch")],
    ["in-cluster opensearch", inCluster("opensearch")],
] as const)("%s", (_name, inputs) => {
    it.each(Object.keys(renderConfiguration(inputs)) as ConfigurationFile[])(
        "renders %s",
        (file) => {
            expect(renderConfiguration(inputs)[file]).toMatchSnapshot();
        },
    );
});

describe("celeryconfig.py", () => {
    it("verifies the certificates of managed stores", () => {
        const config = python(managed(), "celeryconfig.py");
        expect(config["broker_use_ssl"]).toEqual({
            cert_reqs: { python: "ssl.CERT_REQUIRED" },
            server_hostname: "b-1.mq.us-west-2.amazonaws.com",
        });
        for (const url of [config["result_backend"], config["REDIS_JOB_INFO_URL"]]) {
            expect(new URL(String(url)).searchParams.get("ssl_cert_reqs")).toBe("required");
        }
    });

    it("asks for no TLS of a plain broker, in a form that HySDS can read", () => {
        expect(python(inCluster(), "celeryconfig.py")["broker_use_ssl"]).toEqual({});
    });

    it("gives plain HTTP to OpenSearch clients that would use HTTPS", () => {
        const config = python(managed("opensearch"), "celeryconfig.py");
        expect(config["GRQ_ES_URL"]).toEqual([{ host: "search-grq", port: 9200, use_ssl: false }]);
        expect(python(managed(), "celeryconfig.py")["GRQ_ES_URL"]).toBe("http://search-grq:9200");
    });

    it("keeps the state of a job for longer than the longest job", () => {
        const days = (jobTimeoutHours: number) =>
            python({ ...managed(), jobTimeoutHours }, "celeryconfig.py")[
                "HYSDS_JOB_STATUS_EXPIRES"
            ];
        expect(days(1)).toBe(86_400);
        expect(days(240)).toBe(2 * 240 * 3600);
    });
});

describe("job files", () => {
    it("name job creators only for queues that have workers", () => {
        const orchestrated = (jobQueues: string[]) => {
            const file = renderConfiguration({ ...managed(), jobQueues })["orchestrator_jobs.json"];
            const { configs } = JSON.parse(file) as { configs: { job_type: string }[] };
            return configs.map(({ job_type }) => job_type);
        };
        expect(orchestrated(["system-jobs-queue"])).toEqual([]);
        expect(orchestrated(["purge_dataset"])).toEqual([
            "job:purge_dataset",
            "job:purge_datasets",
        ]);
    });

    it("publish datasets to the first bucket, in the partition of the region", () => {
        const location = (region: string, datasetBuckets: string[]) => {
            const file = renderConfiguration({ ...managed(), region, datasetBuckets })[
                "datasets.json"
            ];
            const { datasets } = JSON.parse(file) as {
                datasets: { publish: { location: string } }[];
            };
            return datasets[0]?.publish.location;
        };
        expect(location("us-gov-west-1", ["one", "two"])).toMatch(
            /^s3:\/\/s3\.us-gov-west-1\.amazonaws\.com:80\/one\//,
        );
        expect(location("cn-north-1", ["one"])).toContain("s3.cn-north-1.amazonaws.com.cn:80");
        expect(location("us-west-2", [])).toBeUndefined();
    });
});

describe("Logstash", () => {
    it.each(variants)("pipelines of %s close every brace", (_name, inputs) => {
        for (const [file, text] of Object.entries(renderConfiguration(inputs))) {
            expect(!file.endsWith(".conf") || isBalanced(text), file).toBe(true);
        }
    });

    it.each(variants)("of %s take no event from each other, and leave none", (_name, inputs) => {
        const files = renderConfiguration(inputs);
        const config = pythonAssignments(files["celeryconfig.py"]);
        const server = (url: unknown) => new URL(String(url)).host;
        const written = (name: string) =>
            `${server(config[`${name}_URL`])} ${String(config[`${name}_KEY`])}`;
        const mozart = readLists(files["logstash/mozart.conf"]);
        const metrics = readLists(files["logstash/metrics.conf"]);
        expect(mozart).toEqual([written("REDIS_JOB_STATUS")]);
        expect(metrics).toContain(written("REDIS_JOB_INFO"));
        expect(metrics).toContain(written("REDIS_INSTANCE_METRICS"));
        expect(metrics.filter((list) => mozart.includes(list))).toEqual([]);
    });

    it("find the metrics of workers whose configuration names one list for all", () => {
        const separate = renderConfiguration(managed());
        expect(readLists(separate["logstash/metrics.conf"])).toContain(
            "metrics.cache.amazonaws.com:6379 logstash",
        );
        const shared = renderConfiguration(inCluster())["logstash/mozart.conf"];
        expect(shared).toContain('else if [type] in ["job_info", "instance_stats"]');
        expect(shared).toContain('index => "logstash-%{+yyyy.MM.dd}"');
    });

    it.each([
        ["elasticsearch", "http"],
        ["opensearch", "api.http"],
    ] as const)("for %s uses its plugin and settings of its generation", (engine, api) => {
        const files = renderConfiguration(inCluster(engine));
        const outputs = files["logstash/mozart.conf"].match(/^ +(elastic|open)search \{$/gm) ?? [];
        expect(new Set(outputs.map((line) => line.trim()))).toEqual(new Set([`${engine} {`]));
        expect(files["logstash/mozart.conf"].includes("ilm_enabled => false")).toBe(
            engine === "elasticsearch",
        );
        expect(parse(files["logstash/logstash.yml"])).toMatchObject({
            [`${api}.host`]: "0.0.0.0",
            "config.support_escapes": true,
        });
    });

    it("gives no credentials to a proxy that has none, and the port always", () => {
        const pipeline = renderConfiguration(managed())["logstash/mozart.conf"];
        const output = pipeline.slice(pipeline.indexOf("output {"));
        expect(output).not.toMatch(/user =>|password =>/);
        expect(output).toContain('hosts => ["http://search-mozart:9200"]');
    });
});
