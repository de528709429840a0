import { Command } from "commander";
import { CliContext, runPulumi } from "../engine/cli";
import { startControlPlane } from "../engine/control-plane";
import { EngineError, exitOnError } from "../engine/errors";
import { createSession, readSession, Session, sessionFolders } from "../engine/session";
import { ensureToolchain } from "../engine/toolchain";
import { createWorkspace } from "../engine/workspace";
import { ClusterAccess, kubeConfigOf, podTable, requireReachable } from "./support/summary";

const folders = sessionFolders();

/** The session that is there, or a new one; one installation at a time. */
async function openSession(context: string | undefined): Promise<Session> {
    const session = await readSession(folders);
    if (session && session.context !== context) {
        const place = session.context ?? "the embedded control plane";
        throw new EngineError(`HySDS already runs on ${place}: "npm run stop" it first`);
    }
    return session ?? createSession(folders, context);
}

function closingWords(session: Session): string {
    const pods = session.context
        ? []
        : [
              "The pods above are simulated by kwok: the API server, its controllers and scheduler are real, no",
              "container runs. To run them, start minikube or Docker Desktop (4 CPUs, 8 GiB), then:",
              "    npm run stop && npm start -- --context minikube",
              "",
          ];
    return [
        "",
        ...pods,
        "Next:  npm run pulumi -- stack output      the URLs and the namespaces",
        "       npm run pulumi -- up                after a change of the program or of its configuration",
        "       npm run stop                        takes it all down",
    ].join("\n");
}

/**
 * Brings up the `local` stack: makes the engine ready, starts the embedded control plane (or takes the context that is
 * given), runs `pulumi up`, and shows what came of it.
 */
async function start({ context }: { readonly context?: string }): Promise<void> {
    const given: ClusterAccess | undefined = context ? { context } : undefined;
    if (given) {
        await requireReachable(await kubeConfigOf(given));
    }
    const session = await openSession(context);
    const toolchain = await ensureToolchain({ onProgress: console.log });
    const controlPlane = given
        ? undefined
        : await startControlPlane({
              dir: folders.controlPlane,
              toolchain,
              lifetime: "detached",
              onProgress: console.log,
          });
    const access = given ?? { kubeconfigPath: controlPlane?.kubeconfigPath };
    const cli: CliContext = {
        toolchain,
        workspace: await createWorkspace(folders.workspace, session.passphrase),
        kubeconfigPath: access.kubeconfigPath,
    };
    await runPulumi(cli, ["stack", "select", "local", "--create"]);
    if (context) {
        await runPulumi(cli, ["config", "set", "hysds:kubernetesContext", context]);
    }
    await runPulumi(cli, ["up", "--yes", "--skip-preview", "--stack", "local"]);
    console.log(await podTable(await kubeConfigOf(access)));
    console.log(closingWords(session));
}

const command = new Command("start")
    .description(
        "Brings up HySDS: the local stack, on an embedded control plane or on your cluster",
    )
    .option("--context <name>", "use this context of your kubeconfig instead of the embedded one")
    .action((options: { readonly context?: string }) => exitOnError(start(options)));
void command.parseAsync();
