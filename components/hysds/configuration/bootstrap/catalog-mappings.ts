import {
    Properties,
    all,
    boolean,
    date,
    long,
    object,
    opaque,
    plainKeyword,
    plainText,
    textAndKeyword,
} from "./fields";
import { analysis, sizing } from "./templates";

/** `user_rules-mozart` and `user_rules-grq`, the latter with more fields. */
export function userRules(more: Properties = {}): object {
    return {
        settings: { ...sizing, analysis },
        mappings: {
            properties: {
                ...all(date, "creation_time", "modification_time", "modified_time"),
                ...all(plainKeyword, "disk_usage", "job_spec", "job_type", "resource", "rule_name"),
                ...all(plainKeyword, "status", "tags", "type", "username", "workflow"),
                ...all(plainText, "kwargs", "query_string", "queue"),
                ...all(boolean, "enable_dedup", "passthru_query", "query_all"),
                ...all(long, "priority", "soft_time_limit", "time_limit"),
                enabled: { ...boolean, null_value: true },
                ...more,
            },
        },
    };
}

/** `hysds_ios-mozart` and `hysds_ios-grq`: how jobs are wired to inputs. */
export const hysdsIos: object = {
    settings: { ...sizing, analysis },
    mappings: {
        properties: {
            ...all(textAndKeyword, "allowed_accounts", "component", "id", "job-specification"),
            ...all(textAndKeyword, "job-version", "label", "resource", "submission_type"),
            ...all(boolean, "disable_post_builtins", "enable_dedup"),
            params: object({
                ...all(textAndKeyword, "description", "enumerables", "from", "lambda", "name"),
                ...all(textAndKeyword, "placeholder", "type", "value"),
                optional: boolean,
                // Of any type, by parameter: indexing it would fix the type of the first.
                default: opaque,
            }),
        },
    },
};
