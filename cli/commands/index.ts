import { PulumiProject } from "../access/pulumi-project";
import { CommandFactory } from "../program";
import { backupCommand } from "./backup";
import { brokerUserCommand } from "./broker-user";
import { doctorCommand } from "./doctor";
import { helloCommand } from "./hello";
import { jobCommand } from "./job";
import { logsCommand } from "./logs";
import { pkgCommand } from "./pkg";
import { bootstrapCommand, resetCommand } from "./reset";
import { restoreCommand } from "./restore";
import { rulesCommand } from "./rules";
import { shipCommand } from "./ship";
import { startCommand, stopCommand } from "./start-stop";
import { statusCommand } from "./status";
import { StackOpener, updateCommand } from "./update";

/** Every command, in the order of `--help`. */
export function commands(
    openStack: StackOpener,
    deployments?: PulumiProject["deployments"],
): readonly CommandFactory[] {
    return [
        statusCommand,
        doctorCommand,
        helloCommand,
        startCommand,
        stopCommand,
        logsCommand,
        resetCommand,
        bootstrapCommand,
        jobCommand,
        rulesCommand,
        (context) => pkgCommand(context, deployments),
        shipCommand,
        (context) => updateCommand(context, openStack),
        backupCommand,
        restoreCommand,
        brokerUserCommand,
    ];
}
