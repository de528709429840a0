import { readFileSync } from "node:fs";
import { join } from "node:path";

export { renderUiConfiguration } from "./browser";
export { UI_HEALTH_PATH, UI_PORT, renderUiNginx } from "./nginx";

/** The script that nginx judges searches by. */
export function renderUiSearchScript(): string {
    return readFileSync(join(__dirname, "search.js"), "utf8");
}
