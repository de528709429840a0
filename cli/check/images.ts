import { CheckFinding, problem, warning } from "./finding";

/**
 * Name and tag of an image: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests.
 * Both engines refuse others.
 */
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const IMAGE = new RegExp(
    `^(?:[\\w.-]+(?::\\d+)?/)?${COMPONENT}(?:/${COMPONENT})*(?::\\w[\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/** What HySDS's storage library gets files by: https://github.com/hysds/osaka/tree/develop/osaka/storage. */
const URL_OF_FILE = /^(s3s?|gs|azures?|davs?|https?|ftp|sftp|file):\/\//;

/** Filled in by HySDS's container builder with the code bucket: container-builder/job-met.py. */
const CODE_BUCKET = /^\$\{?CODE_BUCKET_URL\}?/;

export interface GivenImage {
    readonly name: unknown;
    readonly url?: unknown;
}

/**
 * What is wrong with the image of a container. HySDS asks the registry for the name, then gets the file of the URL, or
 * pulls the bare name where there is none: hysds/containers/base.py, ensure_image_loaded.
 */
export function imageFindings(
    { name, url }: GivenImage,
    at: { readonly name: string; readonly url: string },
): readonly CheckFinding[] {
    return [
        ...(typeof name !== "string" || IMAGE.test(name)
            ? []
            : [
                  problem(
                      at.name,
                      `${name} is no name of an image: no engine pulls it`,
                      "lower-case letters, digits and ._-, with a tag of at most 128 characters",
                  ),
              ]),
        ...(typeof url !== "string" || URL_OF_FILE.test(url) || CODE_BUCKET.test(url)
            ? []
            : [
                  warning(
                      at.url,
                      `HySDS can't get ${url}, which it needs where the registry does not have the image`,
                      "null for images of a registry, or a URL such as s3://",
                  ),
              ]),
    ];
}
