import publishers from "../facts/images.json";
import { cisEks } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { flag, texts } from "../setting";

const ECR = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

export const imageRegistries = checksContainers(
    rule({
        name: "image-registries",
        description:
            "Images come from registries and publishers that were looked at: any other is code of strangers beside the stores' credentials.",
        reference: cisEks("5.1.4"),
        fix: "use an image of an allowed publisher (hysds:imageRegistry, hysds:imageOverrides), or add its prefix to this rule's allowed.",
        severity: "high",
        settings: {
            stackImages: flag("Accept the images that the stack itself runs: images.yaml.", true),
            allowed: texts("Prefixes of other references that are accepted.", []),
            allowEcr: flag("Accept private Amazon ECR registries.", true),
        },
    }),
    ({ image, name }, { report, settings: { stackImages, allowed, allowEcr } }) => {
        const reference = image ?? "";
        const isAllowed =
            (stackImages && isOfStack(reference)) ||
            allowed.some((prefix) => reference.startsWith(prefix)) ||
            (allowEcr && ECR.test(reference));
        if (!isAllowed) {
            report(`image ${reference} of container ${name} is of no allowed publisher`);
        }
    },
);

/** A registry ends with a slash; a repository is followed by its tag or its digest. */
function isOfStack(reference: string): boolean {
    return publishers.some(
        (publisher) =>
            reference.startsWith(publisher) &&
            (publisher.endsWith("/") || /[:@]/.test(reference.charAt(publisher.length))),
    );
}
