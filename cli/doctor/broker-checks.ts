import { listQueues } from "../stores/queues";
import { listWorkloads } from "../workloads/workloads";
import { Check } from "./check";

interface BrokerNode {
    readonly name: string;
    readonly running: boolean;
    readonly mem_alarm?: boolean;
    readonly disk_free_alarm?: boolean;
}

/** Whether the broker takes messages: publishers are blocked while an alarm stands. */
export const broker: Check = {
    name: "broker",
    fix: 'see "hysds-ops status stores", and "hysds-ops logs rabbitmq" where it runs in the cluster',
    async look({ installation }, findings) {
        const rabbitmq = await installation.http("rabbitmq");
        const nodes = await rabbitmq.request<readonly BrokerNode[]>("GET", "/api/nodes");
        for (const { name, running, mem_alarm, disk_free_alarm } of nodes) {
            if (!running) {
                findings.problem(`node ${name} does not run`, "see the broker's log");
            }
            if (mem_alarm) {
                findings.problem(
                    `node ${name} has too little memory and takes no messages`,
                    'shorten the queues that "hysds-ops status" shows, or raise hysds:rabbitmqInstanceType',
                );
            }
            if (disk_free_alarm) {
                findings.problem(
                    `node ${name} has too little disk and takes no messages`,
                    'shorten the queues that "hysds-ops status" shows, or give it a larger volume',
                );
            }
        }
        if (findings.all.length === 0) {
            findings.ok(`${nodes.length} nodes run without alarms`);
        }
    },
};

/** Whether every queue has somebody who works on it. */
export const queues: Check = {
    name: "queues",
    fix: 'see "hysds-ops doctor" for the broker',
    async look({ installation }, findings) {
        const [listed, workloads] = await Promise.all([
            listQueues(installation),
            listWorkloads(installation),
        ]);
        const workers = workloads.filter(({ queue, wanted }) => queue && wanted > 0);
        for (const { queue: name, name: workload } of workers) {
            const queue = listed.find((each) => each.name === name);
            if (!queue || queue.consumers === 0) {
                findings.problem(
                    queue
                        ? `${name} has no consumers and ${queue.waiting} messages`
                        : `${name} is not there: its workers never connected`,
                    `hysds-ops logs ${workload}`,
                );
            }
        }
        const known = new Set(workloads.map(({ queue }) => queue));
        for (const { name, waiting, consumers } of listed) {
            if (!known.has(name) && consumers === 0 && waiting > 0) {
                findings.warning(
                    `${name} has ${waiting} messages that nobody takes`,
                    "give it a row under hysds:workers, or purge it",
                );
            }
        }
        if (findings.all.length === 0) {
            findings.ok(`${workers.length} of the stack's have consumers`);
        }
    },
};
