import { Command } from "commander";
import { CliContext, runPulumi } from "../engine/cli";
import { EngineError, exitOnError } from "../engine/errors";
import { asOnlyCommand } from "../engine/installation";
import { startEmbedded } from "../engine/installation/embedded";
import { heal, untilNoUpdate } from "../engine/installation/healing";
import { Session, sessionFolders } from "../../contract/local-installation";
import { createSession, readSession } from "../engine/session";
import { ensureToolchain } from "../engine/toolchain";
import { createWorkspace } from "../engine/workspace";
import { ensureImages } from "./support/images";
import { waitForOther } from "./support/others";
import { settlePendingOperations } from "./support/settle";
import { ClusterAccess, kubeConfigOf, podTable, requireReachable } from "./support/summary";

const folders = sessionFolders();

interface StartOptions {
    readonly context?: string;
    readonly build?: boolean;
}

/** The session that is there, or a new one; one installation at a time. */
async function openSession(context: string | undefined): Promise<Session> {
    const session = readSession(folders);
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
        "Next:  npx hysds-ops hello                 runs a first job, and shows each state that it passes",
        "       npm run pulumi -- stack output      the URLs and the namespaces",
        "       npm run pulumi -- up                after a change of the program or of its configuration",
        "       npm run stop                        takes it all down",
    ].join("\n");
}

/** Makes the engine ready, and runs an update of the `local` stack on the cluster that is given or embedded. */
async function update(
    session: Session,
    given: ClusterAccess | undefined,
    build: boolean,
): Promise<void> {
    const toolchain = await ensureToolchain({ onProgress: console.log });
    const access = given ?? (await startEmbedded(folders, toolchain, console.log));
    const cli: CliContext = {
        toolchain,
        workspace: await createWorkspace(folders.workspace, session.passphrase),
        kubeconfigPath: access.kubeconfigPath,
    };
    await untilNoUpdate(folders, console.log);
    await runPulumi(cli, ["stack", "select", "local", "--create"]);
    if (session.context) {
        const { context } = session;
        await runPulumi(cli, ["config", "set", "hysds:kubernetesContext", context]);
        const kubernetes = await kubeConfigOf({ context });
        await ensureImages({ kubernetes, context, directory: cli.workspace.dir, build });
    }
    await settlePendingOperations(cli, "local");
    await runPulumi(cli, ["up", "--yes", "--skip-preview", "--stack", "local"]);
    console.log(await podTable(await kubeConfigOf(access)));
}

/**
 * Brings up the `local` stack: repairs what an earlier command left that was killed, makes the engine ready, starts the
 * embedded control plane (or takes the context that is given), runs `pulumi up`, and shows what came of it.
 */
async function start({ context, build = false }: StartOptions): Promise<void> {
    if (build && !context) {
        throw new EngineError("--build is for a cluster of yours: name its context by --context");
    }
    const given: ClusterAccess | undefined = context ? { context } : undefined;
    if (given) {
        await requireReachable(await kubeConfigOf(given));
    }
    await asOnlyCommand(folders, "npm start", waitForOther, async () => {
        await heal(folders, console.log);
        const session = await openSession(context);
        await update(session, given, build);
        console.log(closingWords(session));
    });
}

const command = new Command("start")
    .description(
        "Brings up HySDS: the local stack, on an embedded control plane or on your cluster",
    )
    .option("--context <name>", "use this context of your kubeconfig instead of the embedded one")
    .option("--build", "with --context: build and load images that it lacks, without asking")
    .action((options: StartOptions) => exitOnError(start(options)));
void command.parseAsync();
