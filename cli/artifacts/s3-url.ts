import { ObjectLocation } from "./object-store";

const ENDPOINT = /^s3[.-](?:(?<region>[a-z0-9-]+)\.)?amazonaws\.com(?:\.cn)?(?::\d+)?$/;

/**
 * The object of a URL of HySDS, which names the endpoint before the bucket (`s3://s3.us-west-2.amazonaws.com/bucket/key`),
 * or of an ordinary one (`s3://bucket/key`); undefined for any other URL.
 * https://github.com/hysds/osaka/blob/develop/osaka/storage/s3.py
 */
export function objectOfUrl(url: string): ObjectLocation | undefined {
    const [, path] = /^s3s?:\/\/(.+)$/.exec(url) ?? [];
    if (path === undefined) {
        return undefined;
    }
    const [first = "", ...rest] = path.split("/");
    const endpoint = ENDPOINT.exec(first);
    const [bucket, key] = endpoint ? [rest[0], rest.slice(1)] : [first, rest];
    if (!bucket || key.length === 0) {
        return undefined;
    }
    const region = endpoint?.groups?.region;
    return { bucket, key: key.join("/"), ...(region ? { region } : {}) };
}

/** The URL by which HySDS's workers get an object. */
export function urlOfObject({ bucket, key, region }: Required<ObjectLocation>): string {
    const suffix = region.startsWith("cn-") ? ".cn" : "";
    return `s3://s3.${region}.amazonaws.com${suffix}:80/${bucket}/${key}`;
}
