// @ts-check
"use strict";
const swc = require("@swc/core");

/**
 * SWC for ts-node, with every import put off until something of it is used: no module of a feature that is off is
 * loaded, be it the program's own or an SDK's. https://swc.rs/docs/configuration/modules#lazy
 *
 * @param {string} source
 * @param {import("@swc/core").Options & { module?: import("@swc/core").CommonJsConfig }} options
 */
exports.transformSync = (source, options) => {
    const imported = [...source.matchAll(/\bfrom "([^"]+)"/g)].map((match) => match[1] ?? "");
    return swc.transformSync(source, {
        ...options,
        module: options.module && { ...options.module, lazy: imported },
    });
};
