import type { V1Container, V1Deployment, V1Pod } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { evaluateStack } from "../../../workshop/plan/evaluate";
import { reveal } from "../../../workshop/plan/secret";
import type { Given } from "./world";

const WORKER = "factotum-job-worker-small";

/** HySDS's own classes start a container as they start a job's, with the PODMAN_CFG of another stack. */
const TOKEN_OF_A_JOB = `
import ast, subprocess, sys
from hysds.celery import app
app.conf["PODMAN_CFG"] = ast.literal_eval(sys.argv[1])
from hysds.containers.podman import Podman
engine = Podman()
name, url = sys.argv[2:]
engine.ensure_image_loaded(name, url, "/data/work/cache")
params = {"uid": 1000, "gid": 1000, "runtime_options": {}, "volumes": [], "working_dir": "/"}
words = ["sh", "-c", 'cat "$AWS_WEB_IDENTITY_TOKEN_FILE"']
command = engine.get_container_cmd({**params, "image_name": name}, words)
print("token:" + subprocess.check_output(command, text=True))
`;

/** What a stack on AWS renders for a job worker's identity. No cloud is behind the node, so a pod is made with it. */
interface Rendered {
    readonly podmanSettings: string;
    readonly worker: V1Container;
    readonly volumes: NonNullable<V1Pod["spec"]>["volumes"];
}

/** How jobs act as the identity of the pod that they run in. */
export function jobsHaveAnIdentity(given: Given): void {
    it("gives a job the token of its pod's ServiceAccount, for AWS alone", async () => {
        const { pods, image } = given();
        const live = await pods.one(WORKER);
        const pod = await pods.create(withIdentity(live, await rendered("dev")));
        try {
            const { name, url = "" } = image;
            const run = ["python", "-c", TOKEN_OF_A_JOB];
            const said = await pods.run(pod, WORKER, [
                ...run,
                (await rendered("dev")).podmanSettings,
                name,
                url,
            ]);
            const token = /^token:(.*)$/m.exec(said)?.[1] ?? "";
            expect(await pods.review(token, ["sts.amazonaws.com"])).toMatchObject({
                authenticated: true,
                user: {
                    username: `system:serviceaccount:${live.metadata?.namespace}:${live.spec?.serviceAccountName}`,
                },
            });
            expect((await pods.review(token, [])).authenticated).not.toBe(true);
        } finally {
            await pods.end(pod);
        }
    });
}

async function rendered(stack: string): Promise<Rendered> {
    const { resources } = await evaluateStack(stack);
    const inputs = (type: string, name: string) =>
        reveal(resources.find((each) => each.type === type && each.name === name)?.inputs);
    const { spec } = inputs("kubernetes:apps/v1:Deployment", WORKER) as V1Deployment;
    const { stringData } = inputs("kubernetes:core/v1:Secret", CELERYCONFIG) as {
        stringData: Record<string, string>;
    };
    const text = Object.values(stringData).join("\n");
    return {
        podmanSettings: /^PODMAN_CFG = (.*)$/m.exec(text)?.[1] ?? "",
        worker: spec?.template.spec?.containers[0] as V1Container,
        volumes: spec?.template.spec?.volumes,
    };
}

const CELERYCONFIG = "hysds-configuration-jobs-celeryconfig-py";

/** A pod as the worker's own that takes no jobs, with what AWS gives it. */
function withIdentity({ metadata, spec }: V1Pod, aws: Rendered): V1Pod {
    const isIdentity = ({ name }: { name: string }) => name === "identity";
    const mounts = aws.worker.volumeMounts?.filter(isIdentity) ?? [];
    const [worker, engine] = [
        spec?.containers.find(({ name }) => name === WORKER),
        spec?.initContainers?.find(({ name }) => name === "podman"),
    ].map((container) => ({
        ...(container as V1Container),
        volumeMounts: [...(container?.volumeMounts ?? []), ...mounts],
    })) as [V1Container, V1Container];
    return {
        metadata: { generateName: "job-identity-", namespace: metadata?.namespace },
        spec: {
            serviceAccountName: spec?.serviceAccountName,
            automountServiceAccountToken: false,
            securityContext: spec?.securityContext,
            tolerations: spec?.tolerations,
            terminationGracePeriodSeconds: 1,
            volumes: [...(spec?.volumes ?? []), ...(aws.volumes?.filter(isIdentity) ?? [])],
            initContainers: [engine],
            containers: [
                {
                    name: WORKER,
                    image: worker.image,
                    command: ["sleep", "600"],
                    env: [
                        ...(worker.env ?? []),
                        ...(aws.worker.env ?? []).filter(({ name }) => name.startsWith("AWS_")),
                    ],
                    securityContext: worker.securityContext,
                    volumeMounts: worker.volumeMounts,
                },
            ],
        },
    };
}
