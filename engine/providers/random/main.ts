import { provider } from "@pulumi/pulumi";

import { lockedVersion } from "../../toolchain/versions";
import { RandomProvider } from "./provider";

void provider.main(new RandomProvider(lockedVersion("@pulumi/random")), process.argv.slice(2));
