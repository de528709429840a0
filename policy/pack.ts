import { PolicyPack } from "@pulumi/policy";
import { currentEnvironment } from "./environment";
import { configurationOf, policyOf } from "./policies";
import { rules } from "./rules";

const environment = currentEnvironment();

new PolicyPack(
    "hysds",
    {
        displayName: "HySDS",
        description: "What is wrong with a HySDS stack is refused before it is deployed.",
        policies: rules.map((rule) => policyOf(rule, environment)),
    },
    configurationOf(rules, environment),
);
