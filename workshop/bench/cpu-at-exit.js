"use strict";
const fs = require("node:fs");

// Preloaded into the process of a program: tells on file descriptor 3 what it has used, microseconds.
process.on("exit", () => fs.writeSync(3, JSON.stringify(process.cpuUsage())));
