import { ConfigurationInputs } from "../inputs";
import { block, plugin, ruby, searchOutput } from "./language";

const SERVICE_LOGS = "/sdswatch/log";
/** year/month/day/hour/minute/job below HySDS's work directory. */
const JOB_LOGS = "/sdswatch/jobs/**/**/**/**/**/**";

/** Every value that is a number also becomes one: `metric_value_float` of a metric, or the field of a dictionary. */
const NUMERIC_METRIC = `
value = event.get("metric_value").to_s.strip
number = Float(value) rescue nil
event.set("metric_value_float", number) unless number.nil?
event.set("metric_value_string", value)
event.remove("metric_value")
`;

const NUMERIC_FIELDS = `
event.to_hash.each do |name, value|
  next if name.start_with?("@") || !value.is_a?(String)
  number = Float(value.strip) rescue nil
  event.set(name, number) unless number.nil?
end
`;

/** A job's log names neither host nor source: they are the pod's, and in the file's path. */
const SOURCE_OF_JOB_LOG = `
folders = event.get("path").split("/")
event.set("source_type", folders[-1].sub(".pge.sdswatch.log", ""))
event.set("source_id", folders[-2])
event.set("host", ENV["HOSTNAME"])
`;

/** Milliseconds are as fine as the date filter reads. */
const MILLISECONDS = `
event.set("sdswatch_timestamp", event.get("sdswatch_timestamp")[0, 23])
`;

/**
 * The SDSWatch client: metrics in log files to the daily index `sdswatch-…`. It writes to the search cluster and not
 * to a Redis list first, since the Redis output of Logstash 7.10 knows no TLS.
 * https://github.com/logstash-plugins/logstash-output-redis/issues/44
 */
export function renderSdswatchPipeline({ search }: ConfigurationInputs): string {
    return [
        block(
            "input",
            files("kv", [`${SERVICE_LOGS}/*.fullkv.sdswatch.log`]),
            files("dict", [
                `${SERVICE_LOGS}/*.fulldict.sdswatch.log`,
                `${JOB_LOGS}/*.fulldict.sdswatch.log`,
            ]),
            files("pge", [`${JOB_LOGS}/*.pge.sdswatch.log`]),
        ),
        block("filter", ...filters()),
        block("output", searchOutput(search.metrics, { index: "sdswatch-%{+yyyy.MM.dd}" })),
    ].join("\n");
}

function filters(): string[] {
    return [
        plugin("grok", { match: ["message", "%{TIMESTAMP_ISO8601:sdswatch_timestamp}"] }),
        block("if ![sdswatch_timestamp]", plugin("drop", {})),
        block(
            'if [type] == "kv"',
            csv(["host", "source_type", "source_id", "metric_key", "metric_value"]),
            ruby(NUMERIC_METRIC),
        ),
        block(
            'else if [type] == "dict"',
            csv(["host", "source_type", "source_id", "kv"]),
            plugin("kv", { source: "[kv]" }),
            ruby(NUMERIC_FIELDS),
        ),
        block(
            'else if [type] == "pge"',
            csv(["metric_key", "metric_value"]),
            ruby(SOURCE_OF_JOB_LOG),
            ruby(NUMERIC_METRIC),
        ),
        ruby(MILLISECONDS),
        timestamp(),
        plugin("mutate", { rename: { path: "log_path" }, remove_field: ["type", "kv"] }),
    ];
}

function files(type: string, path: readonly string[]): string {
    return plugin("file", { path, type, start_position: "beginning" });
}

function csv(columns: readonly string[]): string {
    const names = ["sdswatch_timestamp", ...columns];
    return (
        plugin("csv", { source: "message", separator: ",", quote_char: "'", columns: names }) +
        plugin("mutate", { strip: names })
    );
}

function timestamp(): string {
    return plugin("date", {
        match: [
            "sdswatch_timestamp",
            "ISO8601",
            "yyyy-MM-dd HH:mm:ss.SSS",
            "yyyy-MM-dd HH:mm:ss,SSS",
        ],
        timezone: "UTC",
        target: "sdswatch_timestamp",
    });
}
