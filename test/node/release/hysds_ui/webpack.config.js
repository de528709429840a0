// Stands for hysds_ui's bundle: a page that names the files of configuration it was built with.
const { mkdirSync, readdirSync, writeFileSync } = require("node:fs");

mkdirSync("dist", { recursive: true });
const items = readdirSync("src/config").map((name) => `<li>${name}</li>`);
writeFileSync("dist/index.html", `<title>hysds_ui (stand-in)</title><ul>${items.join("")}</ul>\n`);
