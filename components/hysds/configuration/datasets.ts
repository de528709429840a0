import { s3Host } from "../../settings/limits/s3";
import { DatasetSettings } from "../../settings/settings";
import { ConfigurationInputs } from "./inputs";
import { json } from "./json";

/** HTTP's port is a convention of HySDS's: its storage library connects by HTTPS whatever the URL says. */
const AWS_PORT = 80;
const OTHER_PORT = 443;

/**
 * `datasets.json`: the stack's own types, then areas of interest and triaged jobs, which HySDS itself makes, in the
 * first of the stack's buckets. Off AWS, where a stack without types of its own has an object store to fill, whatever
 * is left is a dataset too. There is no profile name in what is added: credentials are those of the pod.
 */
export function renderDatasets(inputs: ConfigurationInputs): string {
    const { datasets: own, datasetBuckets, objectStore } = inputs;
    const bucket = datasetBuckets[0];
    const builtIn = bucket === undefined ? [] : builtInDatasets(`${bucketsUrl(inputs)}/${bucket}`);
    const ownTypes = own.map(({ type }) => type);
    return json({
        datasets: [
            ...own,
            ...builtIn
                .filter(
                    ({ type, isCatchAll }) =>
                        !ownTypes.includes(type) &&
                        (!isCatchAll || (objectStore !== undefined && own.length === 0)),
                )
                .map(({ entry }) => entry),
        ],
    });
}

/** What comes before a bucket's name. */
function bucketsUrl({ objectStore, region }: ConfigurationInputs): string {
    const foundByRegion = objectStore?.foundByRegion ?? true;
    return `s3://${objectStore?.host ?? s3Host(region)}:${foundByRegion ? AWS_PORT : OTHER_PORT}`;
}

interface BuiltIn {
    readonly type: string;
    readonly isCatchAll: boolean;
    readonly entry: Omit<DatasetSettings, "priority" | "index">;
}

function builtInDatasets(bucketUrl: string): readonly BuiltIn[] {
    const inBucket = (folder: string) => {
        const location = `${bucketUrl}/${folder}/{type}/{version}/{id}`;
        return { location, urls: [location] };
    };
    const dataset = (
        type: string,
        level: string,
        match_pattern: string,
        isCatchAll = false,
    ): BuiltIn => ({
        type,
        isCatchAll,
        entry: {
            ipath: `hysds::data/${type}`,
            match_pattern,
            alt_match_pattern: null,
            extractor: null,
            level,
            type,
            publish: inBucket("datasets"),
            browse: inBucket("browse"),
        },
    });
    return [
        dataset("area_of_interest", "l0", "/(?P<id>AOI_.+)$"),
        dataset("triaged_job", "NA", "/(?P<id>triaged_job-.*)$"),
        dataset("dataset", "NA", "/(?P<id>[^/]+)$", true),
    ];
}
