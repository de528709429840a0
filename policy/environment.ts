import { Config } from "@pulumi/pulumi";
import { Environment, environments } from "./rule";

/**
 * The environment of the stack under examination, from its own configuration (`hysds:environment`). Without one the
 * strictest holds.
 */
export function currentEnvironment(): Environment {
    const named = new Config("hysds").get("environment");
    return environments.find((environment) => environment === named) ?? "prod";
}
