import { UnpackedPackage } from "../packages/archive";

/** Raised when image or script change: workers keep the image of a version. */
const VERSION = "v1";

export const HELLO_JOB = `job-hello:${VERSION}`;

/** HySDS names an image by its container's id. */
export const HELLO_IMAGE = `container-hello:${VERSION}`;

/** The job: one dataset, which is a directory with a file that is named like it. */
export const HELLO_SCRIPT = `#!/bin/sh
set -eu
id=$1 name=$2
mkdir "$id"
echo "Hello, $name" > "$id/hello.txt"
echo '{"version": "${VERSION}"}' > "$id/$id.dataset.json"
echo '{"made_by": "hysds-ops hello"}' > "$id/$id.met.json"
echo "Hello, $name"
`;

/**
 * The package of HySDS's first job, as `hysds-ops pkg import` takes it. It names no URL for its image, which is put
 * beside each worker.
 *
 * @param queue that its form proposes
 */
export function helloPackage(queue: string): UnpackedPackage {
    return {
        images: new Map(),
        manifest: {
            containers: { id: HELLO_IMAGE, version: VERSION, url: null, resource: "container" },
            job_specs: [jobSpec(queue)],
            hysds_ios: [ACTION],
        },
    };
}

/** Arguments of the script, in its order. */
const PARAMETERS = ["dataset_id", "name"] as const;

function jobSpec(queue: string) {
    return {
        id: HELLO_JOB,
        container: HELLO_IMAGE,
        "job-version": VERSION,
        resource: "jobspec",
        command: "/hello",
        disk_usage: "10MB",
        soft_time_limit: 300,
        time_limit: 360,
        imported_worker_files: {},
        "recommended-queues": [queue],
        params: PARAMETERS.map((name) => ({ name, destination: "positional" })),
    };
}

/** HySDS finds the form of a job by this name. */
const ACTION = {
    id: HELLO_JOB.replace("job-", "hysds-io-"),
    "job-specification": HELLO_JOB,
    "job-version": VERSION,
    resource: "hysds-io-specification",
    component: "tosca",
    label: "Hello",
    submission_type: "individual",
    params: PARAMETERS.map((name) => ({ name, from: "submitter", type: "text" })),
};
