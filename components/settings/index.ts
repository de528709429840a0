import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "./configuration-error";
import { parseSettings } from "./parse";
import { Settings } from "./settings";
import { advise } from "./topics";

/** Exported by the SDK for its own use and left out of its types: there is no other way to tell secret keys. */
interface SecretAwareRuntime {
    isConfigSecret(key: string): boolean;
}

/**
 * Reads and validates the configuration of the current stack. Call it before the first resource.
 *
 * @throws pulumi.RunError that lists every problem of the configuration and the commands that fix it; the engine
 *     shows its message without a stack trace
 */
export function loadSettings(): Settings {
    const config = pulumi.runtime.allConfig();
    const runtime = pulumi.runtime as unknown as SecretAwareRuntime;
    const secretKeys = Object.keys(config).filter((key) => runtime.isConfigSecret(key));
    const isUpdate = pulumi.runtime.hasEngine() && !pulumi.runtime.isDryRun();
    const settings = parseSettings(config, pulumi.getStack(), secretKeys, isUpdate);
    if (settings instanceof ConfigurationError) {
        throw new pulumi.RunError(settings.message);
    }
    for (const sentence of advise(settings, new Date())) {
        void pulumi.log.warn(sentence);
    }
    return settings;
}
