import {
    embeddedKubeconfig,
    LOCAL_STACK,
    readSession,
    sessionFolders,
} from "../../contract/local-installation";
import { DEFAULT_NAMESPACE } from "../../contract/namespace";
import { AccessOptions } from "../context";
import { EXIT, OperationsError } from "../errors";
import { Installation } from "../installation";
import { ClusterSource, clusterSource, loadCluster } from "./cluster";
import { readInstallationFile, relayForwarder } from "./installation-secret";
import { RelayedInstallation } from "./relayed-installation";
import { PulumiProject } from "./pulumi-project";
import { readStackAccess } from "./stack-outputs";

/**
 * Finds the installation that the options name and reads what it says of itself: by the outputs of a Pulumi stack, or
 * by kubeconfig, context and namespace. Without options it is the one that `npm start` made, else that of kubectl's
 * current context; KUBECONFIG goes before both.
 *
 * @throws OperationsError when there is none
 */
export async function openInstallation(
    project: PulumiProject,
    options: AccessOptions,
): Promise<Installation> {
    const { source, namespace } = await locate(project, options);
    const kubernetes = loadCluster(source);
    const file = await readInstallationFile(kubernetes, namespace);
    return new RelayedInstallation(kubernetes, file, () => relayForwarder(kubernetes, namespace));
}

interface Location {
    readonly source: ClusterSource;
    readonly namespace: string;
}

async function locate(project: PulumiProject, options: AccessOptions): Promise<Location> {
    const { stack, kubeconfig, context, namespace = DEFAULT_NAMESPACE } = options;
    if (stack && (kubeconfig || context || options.namespace)) {
        throw new OperationsError(
            "--stack tells cluster and namespace: leave --kubeconfig, --context and --namespace out",
            { exitCode: EXIT.usage },
        );
    }
    if (stack) {
        const access = await readStackAccess(project, stack);
        const source = access.kubeconfig ? { text: access.kubeconfig } : ambient(stack);
        return { source, namespace: access.namespace };
    }
    const named = kubeconfig ?? context ?? process.env.KUBECONFIG;
    return { source: named ? clusterSource(options) : ambient(LOCAL_STACK), namespace };
}

/** The cluster of a stack that was given none: the local installation's, else kubectl's. */
function ambient(stack: string): ClusterSource {
    const folders = sessionFolders();
    const session = stack === LOCAL_STACK ? readSession(folders) : undefined;
    if (!session) {
        return {};
    }
    return session.context ? { context: session.context } : { file: embeddedKubeconfig(folders) };
}
