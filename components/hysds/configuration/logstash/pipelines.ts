import { EVENT_LISTS } from "../../../../contract/event-lists";
import { ConfigurationInputs, SearchAddress } from "../inputs";
import { block, plugin, redisInput, ruby, searchOutput } from "./language";

/** A job that failed moves to index `job_failed`, which no lifecycle policy deletes. */
const ROUTE_JOB = `
index = event.get("[job][job_info][index]") || "job_status-" + event.timestamp.time.strftime("%Y.%m.%d")
if event.get("status") == "job-failed" && index != "job_failed"
  event.set("[@metadata][moved_from]", index)
  index = "job_failed"
  event.set("[job][job_info][index]", index)
end
event.set("[@metadata][index]", index)
`;

/** Kernels on ARM report "no limit" as a number above what a field of type long holds; -1 stands for it. */
const CLAMP_CONTROL_GROUPS = `
largest_long = 9223372036854775807
clamp = lambda do |value|
  case value
  when Hash then value.map { |key, item| [key, clamp.call(item)] }.to_h
  when Array then value.map { |item| clamp.call(item) }
  when Numeric then value > largest_long ? -1 : value
  else value
  end
end
stats = event.get("[job][job_info][metrics][usage_stats]")
if stats.is_a?(Array)
  clamped = stats.map do |stat|
    stat.is_a?(Hash) && stat.key?("cgroups") ? stat.merge("cgroups" => clamp.call(stat["cgroups"])) : stat
  end
  event.set("[job][job_info][metrics][usage_stats]", clamped)
end
`;

/** Celery's times are seconds with a fraction; HySDS indexes the whole seconds, at the top of the document. */
const WHOLE_SECONDS = `
["timestamp", "local_received"].each do |name|
  seconds = event.remove("[event][#{name}]")
  event.set(name, seconds.to_i.to_s) unless seconds.nil?
end
`;

/** Series of daily indices, by the name that dashboards have for it. */
const SERIES = { metrics: "logstash", sdswatch: "sdswatch" } as const;

/** What HySDS calls the metrics that its templates push to list `logstash`, whichever store that is on. */
const METRIC_TYPES = '["job_info", "instance_stats"]';

/** Mozart's indexer: states to the job, task, worker and event status indices. */
export function renderMozartPipeline(inputs: ConfigurationInputs): string {
    const { resultStore, search } = inputs;
    return [
        block("input", redisInput(resultStore, EVENT_LISTS.statuses, { codec: "msgpack" })),
        block("filter", ...statusFilters()),
        block("output", ...statusOutputs(search.mozart), ...strayMetrics(inputs)),
    ].join("\n");
}

/**
 * Where both stores are one, workers that read another celeryconfig.py (HySDS's own template on machines elsewhere, or
 * that of before an update, in pods which still finish a job) put their metrics among the states.
 */
function strayMetrics(inputs: ConfigurationInputs): string[] {
    const index = `${SERIES.metrics}-%{+yyyy.MM.dd}`;
    return storesAreOne(inputs)
        ? [
              block(
                  `else if [type] in ${METRIC_TYPES}`,
                  searchOutput(inputs.search.metrics, { index }),
              ),
          ]
        : [];
}

function storesAreOne({ resultStore, metricsStore }: ConfigurationInputs): boolean {
    return resultStore.host === metricsStore.host && resultStore.port === metricsStore.port;
}

function statusFilters(): string[] {
    const identify = (field: string) => plugin("mutate", { add_field: { id: `%{${field}}` } });
    return [
        block('if [resource] in ["worker", "task"]', ruby(WHOLE_SECONDS)),
        block('if [resource] == "worker"', identify("celery_hostname")),
        block('else if [resource] in ["event", "job", "task"]', identify("uuid")),
        block('if [resource] == "job"', ruby(ROUTE_JOB), ruby(CLAMP_CONTROL_GROUPS)),
    ];
}

function statusOutputs(cluster: SearchAddress): string[] {
    const output = (index: string, id: string, more: { readonly action?: string } = {}) =>
        searchOutput(cluster, { index, document_id: `%{${id}}`, ...more });
    return [
        block(
            'if [resource] == "job"',
            output("%{[@metadata][index]}", "payload_id"),
            block(
                "if [@metadata][moved_from]",
                output("%{[@metadata][moved_from]}", "payload_id", { action: "delete" }),
            ),
        ),
        block(
            'else if [resource] == "worker"',
            output("worker_status-%{+yyyy.MM.dd}", "celery_hostname"),
        ),
        block('else if [resource] == "task"', output("%{index}", "uuid")),
        block('else if [resource] == "event"', output("event_status-%{+yyyy.MM.dd}", "uuid")),
    ];
}

/** Metrics' indexer: metrics and SDSWatch's to a daily index each. */
export function renderMetricsPipeline(inputs: ConfigurationInputs): string {
    const { metricsStore, search } = inputs;
    const list = (key: string, codec: string, series: string) =>
        redisInput(metricsStore, key, { codec, add_field: { "[@metadata][series]": series } });
    const metrics = storesAreOne(inputs)
        ? [EVENT_LISTS.metrics]
        : // On a store of its own, what strays there is metrics too.
          [EVENT_LISTS.metrics, EVENT_LISTS.statuses];
    return [
        block(
            "input",
            ...metrics.map((key) => list(key, "msgpack", SERIES.metrics)),
            list(EVENT_LISTS.sdswatch, "json", SERIES.sdswatch),
        ),
        block(
            "output",
            searchOutput(search.metrics, { index: "%{[@metadata][series]}-%{+yyyy.MM.dd}" }),
        ),
    ].join("\n");
}
