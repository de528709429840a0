import "@pulumi/aws";
import "@pulumi/awsx";
import "@pulumi/eks";
import "@pulumi/kubernetes";
import "@pulumi/pulumi";
import "@pulumi/random";

/** Imports what the project imports, and makes nothing: what the evaluation of a stack is measured against. */
function program(): void {}

export = program;
