import { CommandFactory } from "../program";

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly CommandFactory[] = [];
