// Makes dist/ of the sources and the contract that they share with the stack: what is published has JavaScript alone.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
await build({
    absWorkingDir: here,
    entryPoints: ["main.ts"],
    outfile: "dist/main.js",
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
});
// hello/workers.ts reads it from beside itself.
copyFileSync(join(here, "hello/make_image.py"), join(here, "dist/make_image.py"));
copyFileSync(join(here, "../LICENSE"), join(here, "dist/LICENSE"));
