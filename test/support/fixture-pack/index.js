"use strict";
// Pulumi would type-check the pack, and with it all of the AWS SDK's types, at every preview.
require("tsx/cjs/api").register();
require("./pack.ts");
