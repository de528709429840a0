import { Settings } from "../settings/settings";
import { AwsPlatform } from "./aws";
import { ExistingPlatform } from "./existing";
import { Platform } from "./platform";

/** Makes WHERE HySDS runs, as configured: an EKS cluster of the stack's own, or a cluster that is already there. */
export function createPlatform(settings: Settings): Platform {
    const { namePrefix, platform } = settings;
    return platform.kind === "aws"
        ? new AwsPlatform(namePrefix, { settings, platform })
        : new ExistingPlatform(namePrefix, { settings, platform });
}
