/**
 * `npm run test:mutation -- --mutate <files>`: changes the program in small ways and counts what no test notices.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
    mutate: [
        "components/{backends,hysds,kubernetes,platform,settings}/**/*.ts",
        // Figures of their sources, which tests would only repeat.
        "!components/settings/limits/**",
    ],
    testRunner: "vitest",
    vitest: { configFile: "workshop/mutation/vitest.config.mts", related: false },
    // Not perTest: tests share evaluated stacks, so what a stack covers would count for the first test that asks alone.
    coverageAnalysis: "all",
    // Descriptions and messages are prose.
    mutator: { excludedMutations: ["StringLiteral"] },
    concurrency: 1,
    dryRunTimeoutMinutes: 60,
    timeoutMS: 60_000,
    reporters: ["clear-text", "progress-append-only", "json"],
    clearTextReporter: { reportTests: false, allowColor: false },
    jsonReporter: { fileName: "out/reports/mutation.json" },
    tempDirName: "out/stryker",
};
