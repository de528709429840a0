import js from "@eslint/js";
import tseslint from "typescript-eslint";

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
        files: ["test/**/*.ts"],
        rules: { "max-lines-per-function": "off" },
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
