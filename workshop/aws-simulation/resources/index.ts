import { AccountResource, hex, SimulatedAccount } from "../account";
import { catalogueOf } from "../shapes/catalogue";
import { ObjectShape } from "../shapes/shape";
import { isObject, Properties, secretAt, secretsLike, UNKNOWN, Value } from "../wire/values";
import { eksRows } from "./eks";
import { identityRows } from "./identity";
import { networkRows } from "./network";
import { operationsRows } from "./operations";
import { AutoName, ResourceRow, RowContext, Rows, text } from "./row";
import { storeRows } from "./stores";

/** Every type the simulation knows more of than its published properties. */
export const rows: Rows = {
    ...networkRows,
    ...identityRows,
    ...eksRows,
    ...storeRows,
    ...operationsRows,
};

/** The row of a type; an empty one for a type without. */
export function rowOf(type: string): ResourceRow {
    return rows[type] ?? {};
}

/** What is deleted with a resource, of all there is. */
export function partsOf(whole: AccountResource, all: Iterable<AccountResource>): AccountResource[] {
    return [...all].filter(({ type, inputs }) => {
        const partOf = rowOf(type).partOf;
        return (
            partOf?.type === whole.type &&
            text(inputs, partOf.namedBy) === text(whole.inputs, partOf.name)
        );
    });
}

/** What the provider calls a resource by itself, and in which property; undefined where it does not. */
export function autoNameOf(type: string, inputs: ObjectShape): AutoName | undefined {
    const { autoName } = rowOf(type);
    if (autoName !== undefined) {
        return autoName || undefined;
    }
    return inputs.name && !inputs.name.required ? { property: "name" } : undefined;
}

/** Tags of the resource and the provider's default tags, as `tagsAll` shows them. */
export function mergeTags(defaultTags: Properties, inputs: Properties): Properties {
    return { ...defaultTags, ...(isObject(inputs.tags) ? inputs.tags : {}) };
}

/** The id a new resource gets. */
export function newId(type: string, context: RowContext): string {
    return (
        rowOf(type).id?.(context) ??
        `${type.split(":").pop()?.toLowerCase()}-${hex(context.seed, 12)}`
    );
}

/** Everything that the resource's state holds: inputs, facts that every AWS resource has, and those of its row. */
export function outputsOf(
    resource: Omit<AccountResource, "outputs">,
    account: SimulatedAccount,
    defaultTags: Properties,
): Properties {
    const state = stateShape(resource.type);
    const { inputs, id } = resource;
    const outputs: Properties = {
        arn: `arn:${account.partition}:${service(resource.type)}:${account.region}:${account.accountId}:${id}`,
        ownerId: account.accountId,
        ...echo(inputs),
        region: text(inputs, "region") || account.region,
        tagsAll: mergeTags(defaultTags, inputs),
        ...rowOf(resource.type).outputs?.({ ...resource, account }),
    };
    return Object.fromEntries(Object.entries(outputs).filter(([name]) => state[name]));
}

/** State of a resource that is yet to be created: its inputs, and the rest unknown. */
export function plannedOutputs(type: string, inputs: Properties, tagsAll: Properties): Properties {
    const state = stateShape(type);
    const unknown = Object.keys(state).map((name): [string, Value] => [name, UNKNOWN]);
    return {
        ...Object.fromEntries(unknown),
        ...echo(inputs),
        ...(state.tagsAll ? { tagsAll } : {}),
    };
}

function echo(inputs: Properties): Properties {
    return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== "__defaults"));
}

function stateShape(type: string): ObjectShape {
    return catalogueOf("aws").stateOf(type) ?? {};
}

function service(type: string): string {
    return type.split(":")[1]?.split("/")[0] ?? "";
}

/** Outputs with the secret marks of the inputs, and those that the provider always puts. */
export function markedOutputs(type: string, outputs: Properties, inputs: Properties): Properties {
    const like = secretsLike(outputs, inputs);
    const paths = (rowOf(type).secretPaths ?? []).map((path) => path.split("."));
    return paths.reduce(secretAt, like) as Properties;
}

/** `aws:mq/broker:Broker` is an "mq Broker" in messages. */
export function titleOf(type: string): string {
    return `${service(type)} ${type.split(":").pop() ?? ""}`;
}
