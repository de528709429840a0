const NAME = "ilm_policy_mozart";
const WARM_AFTER = "97d";
const DELETE_AFTER = "104d";

/**
 * Lifecycle of the daily status indices, in both dialects: ILM for Elasticsearch's default distribution, ISM for
 * OpenSearch and for Elasticsearch on AWS. The indices are named one by one: `*_status*` would match, and delete,
 * dataset indices of that name where one cluster serves all components.
 */
export const lifecycle = {
    name: NAME,
    ilm: {
        policy: {
            phases: {
                hot: { min_age: "0ms", actions: { set_priority: { priority: 100 } } },
                warm: {
                    min_age: WARM_AFTER,
                    actions: { migrate: { enabled: false }, set_priority: { priority: 50 } },
                },
                delete: { min_age: DELETE_AFTER, actions: { delete: {} } },
            },
        },
    },
    ism: {
        policy: {
            description: "Daily status indices of HySDS: hot, warm, deleted",
            default_state: "hot",
            states: [
                state("hot", [{ index_priority: { priority: 100 } }], "warm", WARM_AFTER),
                state("warm", [{ index_priority: { priority: 50 } }], "delete", DELETE_AFTER),
                { name: "delete", actions: [{ delete: {} }], transitions: [] },
            ],
            ism_template: {
                index_patterns: [
                    "job_status-*",
                    "task_status-*",
                    "worker_status-*",
                    "event_status-*",
                ],
                priority: 100,
            },
        },
    },
};

function state(name: string, actions: readonly object[], next: string, age: string): object {
    const transitions = [{ state_name: next, conditions: { min_index_age: age } }];
    return { name, actions, transitions };
}
