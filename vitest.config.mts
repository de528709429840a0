import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        projects: [
            {
                test: {
                    name: "unit",
                    include: ["test/unit/**/*.test.ts"],
                    testTimeout: 60_000,
                },
            },
            {
                test: {
                    name: "e2e",
                    include: ["test/e2e/**/*.e2e.test.ts"],
                    testTimeout: 30 * 60_000,
                    hookTimeout: 60 * 60_000,
                    fileParallelism: false,
                },
            },
        ],
    },
});
