import * as path from "node:path";
import { Ajv, ErrorObject } from "ajv";

/** One way in which an object is not what the Kubernetes API takes. */
export interface ManifestProblem {
    /** JSON pointer into the object. */
    readonly path: string;
    readonly message: string;
}

export type ManifestCheck = (manifest: unknown) => Promise<ManifestProblem[]>;

interface TypeMeta {
    readonly apiVersion: string;
    readonly kind: string;
}

interface WithClaims {
    readonly spec?: { readonly volumeClaimTemplates?: readonly object[] };
}

/**
 * Makes a check of Kubernetes objects against the OpenAPI schema of Kubernetes, with Node.js alone.
 *
 * The schema comes from the npm package kubernetes-models, generated from Kubernetes' own OpenAPI document; its release
 * 5.1 holds the API of 1.34, the newest on npm. 1.35 only adds to the stable API, so what passes here is valid there.
 * It ships the schema in two forms, and each catches what the other lets pass:
 *
 * - TypeScript types. ts-json-schema-generator turns them into a JSON schema in which no object has fields beyond those
 *   declared, which OpenAPI itself does not forbid. They have unknown fields, required fields, types and enums.
 * - Validators compiled from the OpenAPI document. They have what types can't say: integers and their range, and the
 *   syntax of quantities.
 *
 * Making it takes some 4 seconds, a check of an object less than a millisecond.
 */
export async function createManifestCheck(): Promise<ManifestCheck> {
    const { kinds, validate } = await strictSchema();
    return async (manifest) => {
        const { apiVersion, kind } = manifest as TypeMeta;
        const key = `${apiVersion}/${kind}`;
        if (!kinds.has(key)) {
            const message = `no schema for ${key}: add it to test/support/kubernetes-kinds.ts`;
            return [{ path: "", message }];
        }
        const complete = withTypedClaims(manifest as WithClaims);
        const pointer = `/${key.replaceAll("/", "~1")}`;
        const problems = [
            ...validate({ [key]: complete }).map((error) => problem(error, pointer)),
            ...(await openApiErrors(key, complete)).map((error) => problem(error, "")),
        ];
        const texts = new Map(problems.map((each) => [`${each.path} ${each.message}`, each]));
        return [...texts.values()];
    };
}

interface StrictSchema {
    readonly kinds: ReadonlySet<string>;
    readonly validate: (value: unknown) => ErrorObject[];
}

async function strictSchema(): Promise<StrictSchema> {
    const { createGenerator } = await import("ts-json-schema-generator");
    const schema = createGenerator({
        path: path.join(__dirname, "kubernetes-kinds.ts"),
        tsconfig: path.resolve(__dirname, "../../tsconfig.json"),
        type: "KubernetesKinds",
        additionalProperties: false,
        skipTypeCheck: true,
        topRef: false,
    }).createSchema("KubernetesKinds");
    const check = new Ajv({ allErrors: true, strict: false }).compile(schema);
    return {
        kinds: new Set(Object.keys(schema.properties ?? {})),
        validate: (value) => (check(value) ? [] : (check.errors ?? [])),
    };
}

/** Claims inside a StatefulSet need no apiVersion and kind, though the schema asks them of every object. */
function withTypedClaims(manifest: WithClaims): object {
    const claims = manifest.spec?.volumeClaimTemplates;
    if (!claims) {
        return manifest;
    }
    const volumeClaimTemplates = claims.map((claim) => ({
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        ...claim,
    }));
    return { ...manifest, spec: { ...manifest.spec, volumeClaimTemplates } };
}

type Model = new (data: object) => { validate(): void };

async function openApiErrors(key: string, manifest: object): Promise<ErrorObject[]> {
    const library = key.startsWith("keda.sh/") ? "@kubernetes-models/keda" : "kubernetes-models";
    const models = (await import(/* @vite-ignore */ `${library}/${key}`)) as Record<string, Model>;
    const Kind = models[path.basename(key)];
    if (!Kind) {
        throw new Error(`${library}/${key} does not export its kind`);
    }
    try {
        new Kind(manifest).validate();
        return [];
    } catch (failure) {
        const { errors } = failure as { errors?: ErrorObject[] };
        if (!errors) {
            throw failure;
        }
        return errors;
    }
}

function problem(error: ErrorObject, prefix: string): ManifestProblem {
    const { additionalProperty, allowedValues } = error.params as {
        additionalProperty?: string;
        allowedValues?: unknown[];
    };
    const details = additionalProperty ?? allowedValues?.join(", ");
    const message = `${error.message}${details ? `: ${details}` : ""}`;
    return { path: error.instancePath.slice(prefix.length), message };
}
