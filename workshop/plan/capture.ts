import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import * as resproto from "@pulumi/pulumi/proto/resource_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { CapturedOptions, CapturedResource } from "./evaluation";
import { SecretValue } from "./secret";

// Marks of special values on the wire:
// https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/deployment-execution/property-values.html
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** A value as it travels to the engine, with secrets as `SecretValue` and resource references as URNs. */
export function decode(wire: unknown): unknown {
    if (Array.isArray(wire)) {
        return wire.map(decode);
    }
    if (typeof wire !== "object" || wire === null) {
        return wire;
    }
    const fields = wire as Record<string, unknown>;
    if (fields[SIGNATURE] === SECRET) {
        return new SecretValue(decode(fields.value));
    }
    if (fields[SIGNATURE] === RESOURCE_REFERENCE) {
        return fields.urn;
    }
    return decodeFields(fields);
}

/** The fields of a message's struct, decoded; none when the message has no struct. */
export function fieldsOf(struct: Struct | undefined): Record<string, unknown> {
    return struct ? decodeFields(struct.toJavaScript()) : {};
}

function decodeFields(fields: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, decode(value)]));
}

/** What both kinds of request say. */
function common(
    urn: string,
    request: resproto.RegisterResourceRequest | resproto.ReadResourceRequest,
): Pick<CapturedResource, "urn" | "type" | "name" | "parent" | "dependencies"> {
    return {
        urn,
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent() || undefined,
        dependencies: [...request.getDependenciesList()].sort(),
    };
}

/** What a request to register a resource says, under the URN the monitor gave it. */
export function captureRegistration(
    urn: string,
    request: resproto.RegisterResourceRequest,
    outputs: Record<string, unknown>,
): CapturedResource {
    return {
        ...common(urn, request),
        custom: request.getCustom(),
        remote: request.getRemote(),
        existing: false,
        inputs: fieldsOf(request.getObject()),
        outputs,
        propertyDependencies: propertyDependencies(request),
        options: options(request),
    };
}

/** What a request to read an existing resource says. */
export function captureRead(
    urn: string,
    request: resproto.ReadResourceRequest,
    outputs: Record<string, unknown>,
): CapturedResource {
    return {
        ...common(urn, request),
        custom: true,
        remote: false,
        existing: true,
        inputs: fieldsOf(request.getProperties()),
        outputs,
        propertyDependencies: {},
        options: options(new resproto.RegisterResourceRequest()),
    };
}

function propertyDependencies(request: resproto.RegisterResourceRequest): Record<string, string[]> {
    const byProperty: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((dependencies, property) => {
        byProperty[property] = dependencies.getUrnsList();
    });
    return byProperty;
}

function options(request: resproto.RegisterResourceRequest): CapturedOptions {
    const timeouts = request.getCustomtimeouts();
    return {
        protect: request.getProtect() ?? false,
        retainOnDelete: request.getRetainondelete() ?? false,
        deleteBeforeReplace: request.getDeletebeforereplace(),
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        provider: request.getProvider().replace(/::[^:]*$/, "") || undefined,
        deletedWith: request.getDeletedwith() || undefined,
        aliases: request.getAliasesList().map(alias),
        customTimeouts: {
            create: timeouts?.getCreate() || undefined,
            update: timeouts?.getUpdate() || undefined,
            delete: timeouts?.getDelete() || undefined,
        },
    };
}

/** The whole URN where it was given, else what differs: a former type or a former name. */
function alias(alias: Alias): string {
    const spec = alias.getSpec();
    return alias.getUrn() || spec?.getType() || spec?.getName() || "";
}
