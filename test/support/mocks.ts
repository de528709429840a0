import * as pulumi from "@pulumi/pulumi";
import { CapturedResource } from "../../workshop/plan/evaluation";
import { recordRegistrations } from "../../workshop/plan/recorder";
import { reveal } from "../../workshop/plan/secret";
import { simulatedProviders } from "../../workshop/plan/simulated-outputs";

export interface SimulatedAccount {
    readonly partition: string;
    readonly region: string;
}

/** The cluster of `awsSettings` is there already, as its API is in a VPC of its own that nobody could reach before. */
const RUNNING = { name: "hysds-prod", version: "1.35" };

/**
 * Runs part of the program under mocks and returns what it registered, in order.
 *
 * @param account where the AWS provider is, instead of the simulated default
 * @param answers of functions, by token, instead of the simulated ones
 */
export async function registered(
    build: () => void,
    account?: SimulatedAccount,
    answers: Readonly<Record<string, (inputs: Record<string, unknown>) => object>> = {},
): Promise<Registered> {
    const simulated = simulatedProviders(RUNNING);
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => simulated.newResource(args),
            call: (args) => ({
                ...((answers[args.token]?.(args.inputs as Record<string, unknown>) ??
                    simulated.call(args)) as Record<string, unknown>),
                ...account,
            }),
        },
        "hysds",
        "test",
        false,
    );
    const { resources } = recordRegistrations();
    const failures: unknown[] = [];
    const onFailure = (failure: unknown): void => void failures.push(failure);
    process.on("unhandledRejection", onFailure);
    try {
        await pulumi.runtime.runInPulumiStack(() => {
            try {
                build();
            } catch (failure) {
                onFailure(failure);
            }
            return Promise.resolve({});
        });
        await pulumi.runtime.disconnect();
    } finally {
        process.off("unhandledRejection", onFailure);
    }
    if (failures.length > 0) {
        throw failures[0];
    }
    return new Registered(resources);
}

/** What a program registered, to ask questions of. */
export class Registered {
    constructor(public readonly all: readonly CapturedResource[]) {}

    /** Every resource of a type. */
    ofType(type: string): CapturedResource[] {
        return this.all.filter((resource) => resource.type === type);
    }

    /**
     * The one resource of a type, and of a logical name where there are several.
     *
     * @throws Error when there is none, or more than one
     */
    one(type: string, name?: string): CapturedResource {
        const found = this.ofType(type).filter((each) => name === undefined || each.name === name);
        if (found.length !== 1 || !found[0]) {
            const names = this.ofType(type).map((each) => each.name);
            throw new Error(`Wanted one ${type} ${name ?? ""}, found ${names.join(", ")}`);
        }
        return found[0];
    }

    /** Inputs of the one resource, secrets in plain. */
    inputs(type: string, name?: string): Record<string, unknown> {
        return reveal(this.one(type, name).inputs) as Record<string, unknown>;
    }

    /** Every resource that `resource` was made from, directly or not, by URN. */
    ancestors(resource: CapturedResource): Set<string> {
        const byUrn = new Map(this.all.map((each) => [each.urn, each]));
        const seen = new Set<string>();
        const visit = (urn: string): void => {
            if (!seen.has(urn)) {
                seen.add(urn);
                byUrn.get(urn)?.dependencies.forEach(visit);
            }
        };
        resource.dependencies.forEach(visit);
        return seen;
    }
}
