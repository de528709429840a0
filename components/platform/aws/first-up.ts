import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where it is recorded that everything in the cluster was made: a parameter of Systems Manager, below a path. */
export function firstUpRecord(clusterName: string): {
    readonly path: string;
    readonly name: string;
} {
    const path = `/hysds/${clusterName}`;
    return { path, name: `${path}/first-up` };
}

/**
 * Keeps a record in the account that a `pulumi up` has come to its end, by which the next one closes the cluster's
 * public endpoint. It depends on everything that is made in the cluster: an update that fails midway leaves none, and
 * finds the endpoint still open when it is run again.
 */
export class FirstUp {
    private readonly inCluster: pulumi.Resource[] = [];

    constructor(
        private readonly clusterName: string,
        private readonly opts: pulumi.CustomResourceOptions,
    ) {
        pulumi.runtime.registerStackTransformation(({ type, resource }) => {
            if (type.startsWith("kubernetes:")) {
                this.inCluster.push(resource);
            }
            return undefined;
        });
    }

    /** Called when everything has been registered. */
    record(): void {
        new aws.ssm.Parameter(
            `${this.clusterName}-first-up`,
            {
                name: firstUpRecord(this.clusterName).name,
                type: "String",
                insecureValue: "complete",
                description: "pulumi up has made everything in the cluster once",
            },
            { ...this.opts, dependsOn: [...this.inCluster] },
        );
    }
}
