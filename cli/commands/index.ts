import { CommandFactory } from "../program";
import { backupCommand } from "./backup";
import { restoreCommand } from "./restore";

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly CommandFactory[] = [backupCommand, restoreCommand];
