import { hysdsOps } from "../../cli/main";
import { ensureToolchain } from "../engine/toolchain";
import { PROJECT_ROOT } from "../engine/toolchain/versions";

/** `hysds-ops` of a checkout: of its own stacks, with the Pulumi CLI that `npm start` finds or fetches. */
void hysdsOps({
    directory: PROJECT_ROOT,
    cliRoot: async () => {
        const toolchain = await ensureToolchain({ onProgress: () => undefined, tools: ["pulumi"] });
        return toolchain.pulumiRoot;
    },
});
