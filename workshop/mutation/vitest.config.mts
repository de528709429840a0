import { defineConfig } from "vitest/config";

/**
 * The unit tests that say what the mutated rooms must do, without those that try recipes on copies of the project or
 * compare generated files.
 */
export default defineConfig({
    test: {
        include: [
            "test/unit/{backends,hysds,kubernetes,platform,settings,specification}/**/*.test.ts",
            "test/unit/manifests.test.ts",
        ],
        exclude: [
            "test/unit/hysds/change-requests.test.ts",
            "test/unit/settings/add-a-setting.test.ts",
            "test/unit/settings/generated.test.ts",
        ],
        // As in the unit project: loading the Pulumi SDK costs more than most files' tests do.
        isolate: false,
        testTimeout: 180_000,
        hookTimeout: 180_000,
    },
});
