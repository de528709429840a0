import { FakeAnswer, FakeHandler, FakeRequest } from "./fake-server";

/** A Kubernetes object, as far as the fake reads it. */
export interface FakeObject {
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

type Json = Record<string, unknown>;

/**
 * Objects of a Kubernetes API that can be listed by label, read, created, merge-patched and deleted. What a collection's
 * path names exists; the rest is 404, as a kind is whose definition is not installed.
 */
export class FakeKubernetes {
    /** By collection path, such as `/apis/apps/v1/namespaces/hysds/deployments`; change them at will. */
    public readonly collections: Map<string, Map<string, FakeObject>>;

    constructor(
        collections: Readonly<Record<string, readonly FakeObject[]>>,
        /** Texts of other paths, such as a pod's log. */
        private readonly texts: Readonly<Record<string, string>> = {},
    ) {
        this.collections = new Map(
            Object.entries(collections).map(([path, objects]) => [
                path,
                new Map(objects.map((object) => [object.metadata.name, object])),
            ]),
        );
    }

    get handler(): FakeHandler {
        return (request) => this.answer(request);
    }

    /** An object as it is now. */
    object(collection: string, name: string): FakeObject | undefined {
        return this.collections.get(collection)?.get(name);
    }

    private answer(request: FakeRequest): FakeAnswer {
        const { path, method } = request;
        const text = this.texts[path];
        if (text !== undefined) {
            return { body: text };
        }
        const collection = this.collections.get(path);
        if (collection) {
            return method === "POST" ? create(collection, request) : list(collection, request);
        }
        const slash = path.lastIndexOf("/");
        const parent = this.collections.get(path.slice(0, slash));
        const name = decodeURIComponent(path.slice(slash + 1));
        const object = parent?.get(name);
        return parent && object ? change(parent, object, request) : notFound(path);
    }
}

function list(collection: Map<string, FakeObject>, { query }: FakeRequest): FakeAnswer {
    const wanted = (query.get("labelSelector") ?? "").split(",").filter((term) => term !== "");
    const items = [...collection.values()].filter(({ metadata }) =>
        wanted.every((term) => {
            const [label = "", value] = term.split("=");
            return metadata.labels?.[label] === value;
        }),
    );
    return { body: { kind: "List", items } };
}

function create(collection: Map<string, FakeObject>, { json }: FakeRequest): FakeAnswer {
    const given = json as FakeObject & { metadata: { generateName?: string } };
    const name = given.metadata.name ?? `${given.metadata.generateName}${collection.size}`;
    const object = { ...given, metadata: { ...given.metadata, name } };
    collection.set(name, object);
    return { status: 201, body: object };
}

function change(
    collection: Map<string, FakeObject>,
    object: FakeObject,
    { method, json }: FakeRequest,
): FakeAnswer {
    const { name } = object.metadata;
    if (method === "DELETE") {
        collection.delete(name);
    }
    if (method === "PATCH") {
        collection.set(name, merged(object, json) as FakeObject);
    }
    return { body: collection.get(name) ?? object };
}

/** https://www.rfc-editor.org/rfc/rfc7396 */
function merged(target: unknown, patch: unknown): unknown {
    if (!isRecord(patch)) {
        return patch;
    }
    const result: Json = isRecord(target) ? { ...target } : {};
    for (const [key, value] of Object.entries(patch)) {
        if (value === null) {
            delete result[key];
        } else {
            result[key] = merged(result[key], value);
        }
    }
    return result;
}

function isRecord(value: unknown): value is Json {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notFound(path: string): FakeAnswer {
    const message = `${path} not found`;
    return { status: 404, body: { kind: "Status", code: 404, reason: "NotFound", message } };
}
