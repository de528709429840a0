import { KubeConfig } from "@kubernetes/client-node";
import { AccessOptions } from "../context";
import { EXIT, oneLine, OperationsError } from "../errors";

/** The cluster of a kubeconfig: a text, a file, or what kubectl would take. */
export interface ClusterSource {
    readonly text?: string;
    readonly file?: string;
    readonly context?: string;
}

/** What the options say of the cluster. */
export function clusterSource({ kubeconfig, context }: AccessOptions): ClusterSource {
    return { file: kubeconfig, context };
}

/**
 * Reads a kubeconfig and chooses its context.
 *
 * @throws OperationsError when it cannot be read, or has no such context
 */
export function loadCluster({ text, file, context }: ClusterSource): KubeConfig {
    const config = new KubeConfig();
    try {
        if (text) {
            config.loadFromString(text);
        } else if (file) {
            config.loadFromFile(file);
        } else {
            config.loadFromDefault();
        }
    } catch (failure) {
        throw new OperationsError(
            `kubeconfig ${file ?? process.env.KUBECONFIG ?? "~/.kube/config"} cannot be read (${oneLine(failure)}): name another by --kubeconfig`,
            { cause: failure, exitCode: EXIT.usage },
        );
    }
    if (context) {
        chooseContext(config, context);
    }
    if (!config.getCurrentCluster()) {
        throw new OperationsError(
            `the kubeconfig has no context ${config.getCurrentContext()}: name one by --context, or a stack by --stack`,
            { exitCode: EXIT.usage },
        );
    }
    return config;
}

function chooseContext(config: KubeConfig, context: string): void {
    if (!config.getContextObject(context)) {
        const known = config.getContexts().map(({ name }) => name);
        throw new OperationsError(
            `the kubeconfig has no context ${context}: it has ${known.join(", ") || "none"}`,
            { exitCode: EXIT.usage },
        );
    }
    config.setCurrentContext(context);
}
