import { provider } from "@pulumi/pulumi";

import { lockedVersion } from "../../toolchain/versions";
import { RandomProvider } from "./provider";

/**
 * Ends the provider with the engine that started it, which cannot tell it to when it is killed. The engine holds the
 * other end of its standard input (sdk/go/common/resource/plugin of Pulumi). An output that nobody reads ends it too:
 * the SDK would report each failed line by another line, for ever.
 */
function endWithEngine(): void {
    const end = (): void => process.exit(0);
    process.stdin.on("end", end).on("error", end).resume();
    process.stdout.on("error", end);
    process.stderr.on("error", end);
}

endWithEngine();
void provider.main(new RandomProvider(lockedVersion("@pulumi/random")), process.argv.slice(2));
