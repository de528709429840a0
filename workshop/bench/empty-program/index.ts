import "@pulumi/aws";
import "@pulumi/awsx";
import "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import "@pulumi/random";

/**
 * Imports what the project imports, and makes nothing, or `resources` ConfigMaps: what the evaluation of a stack is
 * measured against.
 */
function program(): void {
    const count = new pulumi.Config().requireNumber("resources");
    for (let index = 0; index < count; index++) {
        const name = `bare-${index}`;
        new kubernetes.core.v1.ConfigMap(name, { metadata: { name }, data: { key: name } });
    }
}

export = program;
