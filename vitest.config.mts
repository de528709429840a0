import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        // vitest leaves a core to itself by default, which is half of a machine of two.
        maxWorkers: "100%",
        reporters: process.env.CI ? ["verbose"] : ["default"],
        projects: [
            {
                extends: true,
                test: {
                    name: "unit",
                    include: ["test/unit/**/*.test.ts"],
                    // Loading the Pulumi SDK costs more than most files' tests do. Evaluations reset it by themselves.
                    isolate: false,
                    testTimeout: 180_000,
                    hookTimeout: 180_000,
                },
            },
            {
                extends: true,
                test: {
                    name: "e2e",
                    include: ["test/e2e/**/*.e2e.test.ts"],
                    globalSetup: ["test/e2e/support/global-setup.ts"],
                    testTimeout: 20 * 60_000,
                    hookTimeout: 60 * 60_000,
                    fileParallelism: false,
                },
            },
            {
                extends: true,
                test: {
                    name: "node",
                    include: ["test/node/**/*.node.test.ts"],
                    globalSetup: ["test/node/support/global-setup.ts"],
                    testTimeout: 20 * 60_000,
                    hookTimeout: 60 * 60_000,
                    fileParallelism: false,
                },
            },
            {
                extends: true,
                test: {
                    // Writes fixtures; no test of the program.
                    name: "fixture",
                    include: ["test/e2e/**/*.fixture.ts"],
                    globalSetup: ["test/e2e/support/global-setup.ts"],
                    testTimeout: 20 * 60_000,
                    fileParallelism: false,
                },
            },
        ],
    },
});
