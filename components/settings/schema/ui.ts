import { z } from "zod";
import { key } from "./key";

/** Keys about HySDS's web interface. */
export const uiKeys = {
    ui: key(z.boolean(), {
        group: "Access",
        default: true,
        description:
            "Run HySDS's web interface, and let browsers search jobs and datasets through the gateway, read-only; see docs/hysds-ui.md.",
    }),
};
