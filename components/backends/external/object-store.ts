import * as pulumi from "@pulumi/pulumi";
import { s3Host } from "../../settings/limits/s3";
import { ObjectStoreSettings } from "../../settings/settings";
import { ObjectStore } from "../object-store";

/** An object store that is not the stack's. */
export function externalObjectStore(
    settings: Extract<ObjectStoreSettings, { kind: "external" }>,
): ObjectStore {
    const { region, endpoint, credentials } = settings;
    return {
        host: pulumi.output(endpoint === undefined ? s3Host(region) : new URL(endpoint).hostname),
        region,
        foundByRegion: endpoint === undefined,
        credentials,
    };
}
