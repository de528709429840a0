import { afterEach, describe, expect, it } from "vitest";
import { doctorCommand } from "../../../cli/commands/doctor";
import { Finding } from "../../../cli/doctor/finding";
import { mozart, rabbitmq, search, store } from "../../support/operations/examined-stores";
import { FakeHandler } from "../../support/operations/fake-server";
import {
    FakeInstallation,
    FakeInstallationOptions,
} from "../../support/operations/fake-installation";
import {
    deploymentsOf,
    fakeWorkloads,
    FakeWorkload,
} from "../../support/operations/fake-workloads";
import { FakeObject } from "../../support/operations/fake-kubernetes";
import { restApiAnswer } from "../../support/operations/rest-apis";
import { runCommand } from "../../support/operations/run-command";

const RELAY: FakeWorkload = { name: "operations-relay", component: "operations", replicas: 1 };
const WORKER: FakeWorkload = {
    name: "user-rules-job",
    component: "factotum",
    replicas: 1,
    queue: "user_rules_job",
};

const namespaces = ["hysds", "hysds-jobs", "hysds-stores"].map((name) => ({
    metadata: { name },
    status: { phase: "Active" },
}));

/** A Kubernetes API of a healthy installation; `refused` may not be done. */
function kubernetes(workloads: readonly FakeWorkload[], refused: string[] = []): FakeHandler {
    const objects = fakeWorkloads(workloads, {
        "/api/v1/namespaces": namespaces,
        "/api/v1/namespaces/hysds/secrets": [],
        [deploymentsOf("hysds-jobs")]: [JOB_WORKER],
        "/api/v1/namespaces/hysds-stores/persistentvolumeclaims": [
            { metadata: { name: "data-redis-0" }, status: { phase: "Bound" } },
        ],
    });
    return (request) => {
        if (request.path === "/version") {
            return { body: { gitVersion: "v1.35.4" } };
        }
        if (request.path.endsWith("/selfsubjectaccessreviews")) {
            const { resourceAttributes } = (request.json as AccessReview).spec;
            return {
                body: { status: { allowed: !refused.includes(resourceAttributes.resource) } },
            };
        }
        return objects.handler(request);
    };
}

interface AccessReview {
    readonly spec: { readonly resourceAttributes: { readonly resource: string } };
}

/** A job type as missions have them: the worker below has the one file and not the other. */
const IMPORTING = {
    "job-sar:v1": {
        imported_worker_files: {
            "$HOST_VERDI_HOME/.netrc": "/home/ops/.netrc",
            "$HOST_VERDI_HOME/.aws": "/home/ops/.aws",
        },
    },
};

const JOB_WORKER: FakeObject = {
    metadata: { name: "verdi-sar", annotations: { "hysds/queue": "sar-job_worker" } },
    spec: {
        template: {
            spec: {
                containers: [
                    {
                        name: "verdi-sar",
                        env: [{ name: "HOST_VERDI_HOME", value: "/home/ops" }],
                        volumeMounts: ["/home/ops", "/home/ops/.aws/config"].map((mountPath) => ({
                            name: "any",
                            mountPath,
                        })),
                    },
                ],
            },
        },
    },
};

const HEALTHY: FakeInstallationOptions = {
    kubernetes: kubernetes([RELAY, WORKER]),
    targets: {
        rabbitmq: rabbitmq(),
        "mozart-search": search(),
        "grq-search": search(),
        "metrics-search": search(),
        mozart: mozart(["job-lightweight-echo:v1"]),
        grq2: ({ path }) => restApiAnswer("grq2", path),
        pele: ({ path }) => restApiAnswer("pele", path),
    },
    redis: { jobs: store(10), metrics: store(10) },
};

let installation: FakeInstallation;

afterEach(() => installation.stop());

async function examine(changes: FakeInstallationOptions, args: readonly string[] = []) {
    installation = await FakeInstallation.start({
        ...HEALTHY,
        ...changes,
        targets: { ...HEALTHY.targets, rabbitmq: rabbitmq(), ...changes.targets },
    });
    const line = ["doctor", "--json", ...args];
    const { stdout, exitCode } = await runCommand(line, {
        commands: [doctorCommand],
        installation,
    });
    const findings = JSON.parse(stdout) as Finding[];
    return { exitCode, of: (check: string) => findings.filter((each) => each.check === check) };
}

describe("doctor", () => {
    it("finds nothing in an installation that works, and runs a job in it", async () => {
        const targets = { mozart: mozart(["job-lightweight-echo:v1"]) };
        const { exitCode, of } = await examine({ targets });
        expect(of("workers")).toEqual([
            expect.objectContaining({
                result: "ok",
                message: expect.stringMatching(/^2 of 2 answer/) as string,
            }),
        ]);
        expect(of("no-op job")).toEqual([
            expect.objectContaining({
                result: "ok",
                message: expect.stringContaining("on small") as string,
            }),
        ]);
        expect(exitCode).toBe(0);
        const asked = installation.targets.get("rabbitmq")?.asked ?? [];
        const made = asked.filter(({ method, path }) => method === "PUT" && /queues/.test(path));
        expect(asked.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(
            made.map(({ path }) => path),
        );
    });

    it.each<[string, string, FakeInstallationOptions, RegExp, RegExp]>([
        [
            "a pod that is not ready",
            "pods",
            { kubernetes: kubernetes([RELAY, WORKER, { ...WORKER, name: "sick", ready: 0 }]) },
            /hysds\/sick-0/,
            /kubectl --namespace hysds describe pod sick-0/,
        ],
        [
            "a right that is missing",
            "permissions",
            { kubernetes: kubernetes([RELAY, WORKER], ["deployments"]) },
            /may not patch deployments in hysds/,
            /administrator/,
        ],
        [
            "a relay that is missing",
            "relay",
            { kubernetes: kubernetes([WORKER]) },
            /none/,
            /pulumi up/,
        ],
        [
            "an alarm of the broker",
            "broker",
            { targets: { rabbitmq: rabbitmq({ alarm: true }) } },
            /too little memory/,
            /rabbitmqInstanceType/,
        ],
        [
            "a queue without consumers",
            "queues",
            { targets: { rabbitmq: rabbitmq({ consumers: 0 }) } },
            /user_rules_job has no consumers and 3 messages/,
            /hysds-ops logs user-rules-job/,
        ],
        [
            "workers that do not answer",
            "workers",
            { targets: { rabbitmq: rabbitmq({ consumers: 2, answering: 0 }) } },
            /^0 of 2/,
            /kubectl delete pod/,
        ],
        [
            "a Redis that is full",
            "Redis",
            { redis: { jobs: store(95), metrics: store(1) } },
            /jobs: 1 keys, 95 %/,
            /redisNodeType/,
        ],
        [
            "a cluster that is red",
            "search",
            { targets: { "grq-search": search({ status: "red" }) } },
            /grq-search is red/,
            /restore/,
        ],
        [
            "a disk that fills",
            "search",
            { targets: { "grq-search": search({ diskPercent: 93 }) } },
            /node-1 is 93 % full/,
            /searchVolumeGiB/,
        ],
        [
            "an index that is missing",
            "indices",
            { targets: { "mozart-search": search({ missing: "user_rules-grq" }) } },
            /index user_rules-grq is missing in mozart-search/,
            /hysds-ops bootstrap/,
        ],
        [
            "a service that does not answer",
            "REST APIs",
            { targets: { pele: () => ({ status: 502 }) } },
            /502/,
            /hysds-ops logs grq/,
        ],
        [
            "a file that jobs import and no worker has",
            "worker files",
            { targets: { "mozart-search": search({ jobSpecs: IMPORTING }) } },
            /job-sar:v1 imports \$HOST_VERDI_HOME\/\.netrc,/,
            /hysds:workerFiles/,
        ],
        [
            "a job that fails",
            "no-op job",
            { targets: { mozart: mozart(["job-lightweight-echo:v1"], "job-failed") } },
            /job-id is job-failed/,
            /hysds-ops job show job-id/,
        ],
    ])(
        "finds %s and says how to fix it",
        async (_what, check, changes, message, fix) => {
            const { exitCode, of } = await examine(changes);
            expect(exitCode).toBe(1);
            const problems = of(check).filter(({ result }) => result === "problem");
            expect(problems.map((each) => each.message)).toContainEqual(
                expect.stringMatching(message),
            );
            expect(problems.map((each) => each.fix)).toContainEqual(expect.stringMatching(fix));
        },
        30_000,
    );

    it("skips the job where no type is registered, and where it is told to", async () => {
        const none = await examine({ targets: { mozart: mozart(["job-sar:v1"]) } });
        expect(none.of("no-op job")).toMatchObject([{ result: "skipped" }]);
        expect(none.exitCode).toBe(0);
        await installation.stop();
        const told = await examine({}, ["--job-timeout", "0"]);
        expect(told.of("no-op job")).toMatchObject([{ result: "skipped" }]);
    });
});
