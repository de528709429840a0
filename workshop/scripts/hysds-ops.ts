import { createRequire } from "node:module";
import { hysdsOps } from "../../cli/main";
import { ensureToolchain } from "../engine/toolchain";
import { PROJECT_ROOT } from "../engine/toolchain/versions";

const load = createRequire(__filename);

/** `hysds-ops` of a checkout: of its own stacks and their settings, with the Pulumi CLI that `npm start` finds or fetches. */
void hysdsOps({
    directory: PROJECT_ROOT,
    cliRoot: async () => {
        const toolchain = await ensureToolchain({ onProgress: () => undefined, tools: ["pulumi"] });
        return toolchain.pulumiRoot;
    },
    deployments: (stack) => {
        // Loaded when it is called: it takes seconds, which no other command needs.
        const plan = load("../plan/deployments") as typeof import("../plan/deployments");
        return plan.plannedDeployments(stack);
    },
});
