import globals from "globals";
import js from "@eslint/js";

// The suite's JavaScript runs in Odoo's web client: ES modules, the browser's globals.
export default [
    { ignores: [".local/", "node_modules/", "**/static/lib/"] },
    js.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: "latest",
            sourceType: "module",
            globals: {
                ...globals.browser,
                luxon: "readonly",
                odoo: "readonly",
                QUnit: "readonly",
            },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            complexity: ["error", 10],
            curly: "error",
            "default-case": "error",
            eqeqeq: "error",
            "max-depth": ["error", 4],
            "max-lines-per-function": ["error", { max: 60, skipComments: true }],
            "no-alert": "error",
            "no-console": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-shadow": "error",
            "no-undef-init": "error",
            "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "no-var": "error",
            "prefer-const": "error",
        },
    },
    { files: ["**/static/tests/**/*.js"], rules: { "max-lines-per-function": "off" } },
];
