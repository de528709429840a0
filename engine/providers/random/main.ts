import { provider } from "@pulumi/pulumi";

import { lockedVersion } from "../../toolchain/versions";
import { RandomProvider } from "./provider";

const ORPHAN_CHECK_MS = 5_000;

/** Ends the provider when the engine that started it was killed and so cannot tell it to end. */
function endWithEngine(): void {
    const engine = process.ppid;
    setInterval(() => process.ppid === engine || process.exit(), ORPHAN_CHECK_MS).unref();
}

endWithEngine();
void provider.main(new RandomProvider(lockedVersion("@pulumi/random")), process.argv.slice(2));
