import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** What is deployed or published runs without what it is developed with. */
const WORKSHOP = {
    group: ["**/workshop/**"],
    message: "The workshop is not part of what is deployed.",
};

export default tseslint.config(
    { ignores: ["**/node_modules/", "out/", "**/*.js"] },
    js.configs.recommended,
    ...tseslint.configs.recommendedTypeChecked,
    {
        languageOptions: {
            parserOptions: {
                projectService: { allowDefaultProject: ["*.mjs"] },
                tsconfigRootDir: import.meta.dirname,
            },
        },
        rules: {
            "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
            "max-lines-per-function": [
                "error",
                { max: 40, skipBlankLines: true, skipComments: true },
            ],
            "@typescript-eslint/explicit-module-boundary-types": "error",
            "@typescript-eslint/no-explicit-any": "error",
            // Resources are created for their effect on the stack, so `new` without a variable is normal here.
            "no-new": "off",
        },
    },
    {
        // A double of AWS is part of the tests.
        files: ["test/**/*.ts", "workshop/aws-simulation/**/*.ts"],
        rules: { "max-lines-per-function": "off" },
    },
    {
        files: [
            "index.ts",
            "components/**/*.ts",
            "cost/**/*.ts",
            "policy/**/*.ts",
            "examples/**/*.ts",
        ],
        rules: { "no-restricted-imports": ["error", { patterns: [WORKSHOP] }] },
    },
    {
        files: ["cli/**/*.ts"],
        rules: {
            "@typescript-eslint/no-restricted-imports": [
                "error",
                {
                    patterns: [
                        WORKSHOP,
                        {
                            group: ["**/components/**"],
                            message: "hysds-ops is published by itself: see contract/.",
                            allowTypeImports: true,
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ["contract/**/*.ts"],
        rules: {
            "no-restricted-imports": [
                "error",
                { patterns: [{ group: ["../*"], message: "The contract needs nobody." }] },
            ],
        },
    },
    {
        // Another cloud is another folder beside each of these, and nothing else.
        files: ["index.ts", "components/**/*.ts"],
        ignores: ["components/**/aws/**"],
        rules: {
            "no-restricted-imports": [
                "error",
                {
                    patterns: [
                        WORKSHOP,
                        {
                            group: ["@pulumi/aws", "@pulumi/aws/*", "@pulumi/awsx", "@pulumi/eks"],
                            message: "What is made of AWS lies below a folder named aws.",
                        },
                        {
                            group: ["**/platform/aws/facts", "**/platform/aws/tags"],
                            message:
                                "Only what lies below a folder named aws asks for AWS's facts.",
                        },
                    ],
                },
            ],
        },
    },
    { files: ["**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
);
