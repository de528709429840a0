import { document } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { flag, texts } from "../setting";

export const imageVersions = checksContainers(
    rule({
        name: "image-versions",
        description:
            "Images are named by a digest or a fixed tag: a moving one gives two pods of a Deployment different code, and a rollback the same.",
        reference: document(
            "Kubernetes configuration good practices, container images",
            "https://kubernetes.io/docs/concepts/containers/images/#image-names",
        ),
        fix: "set hysds:imageTag to a release, or hysds:imageOverrides to digests.",
        severity: "medium",
        settings: {
            movingTags: texts("Tags that move.", ["latest", "stable", "main", "master", "develop"]),
            requireDigest: flag("Accept digests alone.", false),
        },
    }),
    ({ image, name }, { report, settings: { movingTags, requireDigest } }) => {
        const reference = image ?? "";
        if (/@sha256:[0-9a-f]{64}$/.test(reference)) {
            return;
        }
        const tag = /:([\w.-]+)$/.exec(reference)?.[1];
        if (requireDigest) {
            report(`image ${reference} of container ${name} has no digest`);
        } else if (tag === undefined || movingTags.includes(tag)) {
            report(`image ${reference} of container ${name} has no fixed tag`);
        }
    },
);
