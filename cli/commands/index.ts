import { CommandFactory } from "../program";
import { backupCommand } from "./backup";
import { jobCommand } from "./job";
import { pkgCommand } from "./pkg";
import { restoreCommand } from "./restore";
import { rulesCommand } from "./rules";
import { shipCommand } from "./ship";
import { updateCommand } from "./update";

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly CommandFactory[] = [
    jobCommand,
    rulesCommand,
    pkgCommand,
    shipCommand,
    updateCommand,
    backupCommand,
    restoreCommand,
];
