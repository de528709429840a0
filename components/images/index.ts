import { ImageSettings, Settings } from "../settings/settings";
import { EcrImages } from "./aws/ecr-images";

/**
 * Where the stack's images are: as configured, and where the stack builds them, by the digests of what it built.
 * References that the configuration names go before those.
 */
export function createImages(settings: Settings): ImageSettings {
    const { images, platform } = settings;
    if (!images.build || platform.kind !== "aws") {
        return images;
    }
    const { release } = images.build;
    const { references } = new EcrImages("images", { settings, platform, release });
    return { ...images, overrides: { ...references, ...images.overrides } };
}
