import { describe, expect, it } from "vitest";
import { ConfigurationInputs, renderConfiguration } from "../../../components/hysds/configuration";
import { EVERY_DATASET_KEY, inCluster, managed } from "./support/inputs";
import { pythonAssignments } from "./support/python";

const STORE = { host: "object-store.stores.svc", region: "us-east-1", foundByRegion: false };
const WITH_STORE = { ...inCluster(), datasetBuckets: ["scenes"], objectStore: STORE };

interface Entry {
    readonly type: string;
    readonly match_pattern: string;
    readonly publish: { readonly location: string; readonly urls: string[] };
}

function entries(inputs: ConfigurationInputs): readonly Entry[] {
    const file = renderConfiguration(inputs)["datasets.json"];
    return (JSON.parse(file) as { datasets: Entry[] }).datasets;
}

/** The entry that HySDS takes for a directory: the first whose pattern is found in its path. */
function recognized(inputs: ConfigurationInputs, directory: string): string | undefined {
    return entries(inputs).find(({ match_pattern }) =>
        new RegExp(match_pattern.replace("(?P<", "(?<")).test(`/data/work/jobs/job-1/${directory}`),
    )?.type;
}

describe("datasets.json", () => {
    it("without a type of its own publishes whatever a job makes, where there is an object store", () => {
        expect(recognized(WITH_STORE, "hello-2026")).toBe("dataset");
        expect(recognized(WITH_STORE, "AOI_iceland")).toBe("area_of_interest");
        expect(recognized(WITH_STORE, "triaged_job-a")).toBe("triaged_job");
        expect(entries(WITH_STORE).at(-1)?.publish.location).toBe(
            "s3://object-store.stores.svc:443/scenes/datasets/{type}/{version}/{id}",
        );
    });

    it("recognizes on AWS what it is told, and what HySDS makes", () => {
        expect(recognized(managed(), "hello-2026")).toBeUndefined();
        expect(recognized(managed(), "AOI_iceland")).toBe("area_of_interest");
    });

    it("has the stack's own types first, as they are, and then no catch-all", () => {
        const inputs = { ...WITH_STORE, datasets: [EVERY_DATASET_KEY] };
        expect(entries(inputs)[0]).toEqual(EVERY_DATASET_KEY);
        expect(entries(inputs).map(({ type }) => type)).toEqual([
            "gunw",
            "area_of_interest",
            "triaged_job",
        ]);
    });

    it("leaves a type of HySDS's own to the stack that has one", () => {
        const own = { ...EVERY_DATASET_KEY, type: "area_of_interest" };
        const found = entries({ ...WITH_STORE, datasets: [own] });
        expect(found.map(({ type }) => type)).toEqual(["area_of_interest", "triaged_job"]);
        expect(found[0]).toEqual(own);
    });

    it("names S3 of its region for buckets that an outside cluster has there", () => {
        const objectStore = {
            host: "s3.us-west-2.amazonaws.com",
            region: "us-west-2",
            foundByRegion: true,
        };
        expect(entries({ ...WITH_STORE, objectStore })[0]?.publish.location).toMatch(
            /^s3:\/\/s3\.us-west-2\.amazonaws\.com:80\/scenes\//,
        );
    });

    it("is empty where there is nowhere to publish", () => {
        expect(entries(inCluster())).toEqual([]);
    });
});

describe("podman", () => {
    const options = (inputs: ConfigurationInputs) =>
        (
            pythonAssignments(renderConfiguration(inputs)["celeryconfig.py"])["PODMAN_CFG"] as {
                cmd_base: Record<string, string>;
            }
        ).cmd_base;

    it("gives each job the files that open the object store, where there is one", () => {
        expect(options(WITH_STORE)).toMatchObject({
            "env-file": "/opt/hysds/object-store/environment",
            volume: "/opt/hysds/object-store:/opt/hysds/object-store:ro",
        });
        expect(options(inCluster())).not.toHaveProperty("volume");
    });
});
