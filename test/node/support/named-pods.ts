import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { CoreV1Api, Exec, KubeConfig, V1Container, V1Pod, V1Status } from "@kubernetes/client-node";

/** The pods of one namespace of a node, by their names. */
export class NamedPods {
    readonly #core: CoreV1Api;

    constructor(
        private readonly config: KubeConfig,
        private readonly namespace: string,
    ) {
        this.#core = config.makeApiClient(CoreV1Api);
    }

    async read(name: string): Promise<V1Pod> {
        return this.#core.readNamespacedPod({ name, namespace: this.namespace });
    }

    async isReady(name: string): Promise<boolean> {
        const { status } = await this.read(name);
        return (
            status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ??
            false
        );
    }

    /**
     * Runs a command in a pod's first container; resolves to what it prints.
     *
     * @throws Error with what it printed, when its exit code is not 0
     */
    async exec(name: string, command: string[]): Promise<string> {
        const [container] = (await this.read(name)).spec?.containers as [V1Container];
        const [stdout, stderr] = [new PassThrough(), new PassThrough()];
        const status = new Promise<V1Status>((resolve, reject) => {
            new Exec(this.config)
                .exec(
                    this.namespace,
                    name,
                    container.name,
                    command,
                    stdout,
                    stderr,
                    null,
                    false,
                    resolve,
                )
                .catch(reject);
        });
        const { status: result, message } = await status;
        stdout.end();
        stderr.end();
        const printed = await text(stdout);
        if (result !== "Success") {
            throw new Error(
                `${command.join(" ")} in ${name}: ${message}: ${printed}${await text(stderr)}`,
            );
        }
        return printed.trim();
    }
}
