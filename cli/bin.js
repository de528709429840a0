#!/usr/bin/env node
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");

// In a checkout the sources, with the tools that it keeps; from a registry what `npm pack` made of them.
if (existsSync(join(__dirname, "main.ts"))) {
    require("tsx/cjs/api").register();
    require("../workshop/scripts/hysds-ops.ts");
} else {
    void require("./dist/main.js").hysdsOps();
}
