import { z } from "zod";
import { key, topicKeys } from "../key";
import { own, Own } from "../fields";
import type { Values } from "../schema";

/** Keys about HySDS's web interface. */
export const keys = topicKeys("Access", {
    ui: key(z.boolean(), {
        default: true,
        description:
            "Run HySDS's web interface, and let browsers search jobs and datasets through the gateway, read-only; see docs/hysds-ui.md.",
    }),
});

/** HySDS's web interface. */
export type UiSettings = Own<typeof keys>;

/** HySDS's web interface as its keys have it. */
export function uiSettings(values: Values): UiSettings {
    return own(values, keys);
}
