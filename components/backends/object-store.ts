import * as pulumi from "@pulumi/pulumi";

/**
 * S3, or a server that speaks it, as job workers reach it: HTTPS on port 443. HySDS's storage library turns every
 * `s3://` into HTTPS, and knows a server by its host name alone
 * (https://github.com/hysds/osaka/blob/develop/osaka/storage/s3.py).
 */
export interface ObjectStore {
    readonly host: pulumi.Output<string>;
    /** Region that requests are signed for. */
    readonly region: string;
    /** Whether clients find it by the region, as S3 of AWS; by its host otherwise. */
    readonly foundByRegion: boolean;
    /** Those of the nodes when absent. */
    readonly credentials?: {
        readonly accessKeyId: string;
        /** A secret. */
        readonly secretAccessKey: pulumi.Output<string>;
    };
    /** What to trust it by, PEM; a public authority when absent. */
    readonly certificate?: pulumi.Output<string>;
    /** It is reachable once this exists; absent where it is there already. */
    readonly ready?: pulumi.Resource;
}
