import {
    Properties,
    all,
    boolean,
    date,
    double,
    integer,
    keyword,
    object,
    opaque,
    plainText,
    searchableTextAndKeyword,
    shape,
    text,
    textAndKeyword,
} from "./fields";

const provenance = object({
    ...all(double, "access_latency", "ground_system_latency", "processing_latency"),
    ...all(double, "total_latency"),
    ...all(date, "acquisition_start_time", "availability_time", "processing_start_time"),
    ...all(date, "source_production_time"),
    product_type: keyword,
    location: shape,
});

const transfer: Properties = {
    ...all(keyword, "disk_usage", "path"),
    ...all(double, "duration", "transfer_rate"),
    ...all(date, "time_start", "time_end"),
};

const metrics = object({
    job_dir_size: keyword,
    inputs_localized: object({ ...transfer, url: keyword }),
    products_staged: object({
        ...transfer,
        ...all(keyword, "browse_urls", "dataset", "dataset_level", "dataset_type", "id", "ipath"),
        ...all(keyword, "system_version", "urls"),
    }),
    product_provenance: provenance,
});

const facts = object(
    all(
        keyword,
        "architecture",
        "ec2_ami_id",
        "ec2_instance_type",
        "ec2_placement_availability_zone",
        "is_virtual",
        "memorytotal",
        "physicalprocessorcount",
        "processorcount",
        "swapsize",
        "virtual",
    ),
);

const jobInfo = object({
    ...all(double, "cmd_duration", "duration"),
    ...all(date, "cmd_start", "cmd_end", "time_queued", "time_start", "time_end"),
    ...all(keyword, "completed_queue", "dedup_job", "error_queue", "execute_node", "host", "id"),
    ...all(keyword, "index", "job_dir", "job_queue", "job_status_exchange", "job_url"),
    ...all(keyword, "payload_hash", "public_ip"),
    ...all(opaque, "context", "payload"),
    dedup: boolean,
    status: integer,
    job_payload: object(all(keyword, "job_type", "payload_task_id")),
    facts,
    metrics,
});

const job = object({
    ...all(keyword, "container_image_name", "container_image_url", "job_hash", "job_id", "name"),
    ...all(keyword, "tag", "task_id", "type", "username"),
    ...all(opaque, "command", "context", "localize_urls", "params"),
    priority: integer,
    delivery_info: object({
        ...all(keyword, "exchange", "routing_key"),
        priority: integer,
        redelivered: boolean,
    }),
    job_info: jobInfo,
});

const common: Properties = {
    // Lists of jobs are sorted by it, in an index too that has no document yet, which a search refuses to sort unmapped.
    "@timestamp": date,
    ...all(keyword, "resource", "status", "type"),
    id: textAndKeyword,
    tags: searchableTextAndKeyword,
    text_fields: plainText,
};

/** `job_status-…` and `job_failed`. */
export const jobStatus: Properties = {
    ...common,
    ...all(keyword, "celery_hostname", "dedup_job", "job_id", "msg", "msg_details"),
    ...all(keyword, "payload_hash", "payload_id", "uuid"),
    ...all(searchableTextAndKeyword, "error", "short_error", "user_tags"),
    ...all(text, "dedup_msg", "traceback"),
    ...all(date, "timestamp", "celery_timestamp"),
    ...all(integer, "celery_pid", "signum"),
    celery_runtime: double,
    dedup: boolean,
    context: opaque,
    job,
};

/** `task_status-…` and `worker_status-…`: events of Celery's nodes. */
export const nodeStatus: Properties = {
    ...common,
    ...all(text, "celery_hostname", "uuid"),
    event: object({
        ...all(integer, "active", "clock", "pid", "processed", "utcoffset"),
        ...all(double, "freq", "loadavg"),
        ...all(text, "hostname", "sw_ident", "sw_sys", "sw_ver", "type"),
        ...all(date, "local_received", "timestamp"),
    }),
};

/** `event_status-…`. */
export const eventStatus: Properties = {
    ...common,
    ...all(keyword, "hostname", "uuid"),
    timestamp: date,
    event: opaque,
};
