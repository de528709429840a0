import fc from "fast-check";
import { z } from "zod";
import { bare, choices, example } from "../../../components/settings/describe";
import { Key, keys, schema, specOf } from "../../../components/settings/schema";

/** Texts on both sides of the rules of Kubernetes and AWS. */
const TEXTS = [
    "",
    "a",
    "a-b",
    "a--b",
    "a.b",
    "a..b",
    "A.b-C_d",
    "-a",
    "0",
    "1Gi",
    "500m",
    "latest",
    "science",
    "ingest-of-scenes",
    "a".repeat(20),
    "a".repeat(28),
    "a".repeat(40),
    "a".repeat(63),
    "a".repeat(64),
    `${"a".repeat(63)}.${"b".repeat(63)}.org`,
    `${"a.".repeat(130)}org`,
    "services",
    "jobs",
    "mozart",
    "bootstrap",
    "system-jobs-queue",
    "kube-system",
    "monitoring",
    "keda",
    "cluster-autoscaler",
    "xn--a",
    "sg",
    "aws:x",
    "Project",
    "example.org/app",
    "a..b/cc",
    "toString",
    "constructor",
    "10.0.0.0/8",
    "10.1.2.3/16",
    "0.0.0.0/0",
    "198.51.100.0/24",
    "2001:db8::/32",
    "hysds.example.org",
    "registry.example.org:5000/hysds/verdi:1.0.0",
    "s3",
    "sts",
    "ecr.api",
    "5-1 * * * *",
    "*/7 1-5 1,15 * 0-6/2",
    "0 0 30 2 *",
    "m6id.2xlarge",
    "m7gd.2xlarge",
    "r6g.large.search",
    "cache.r7g.large",
    "vpc-0123456789abcdef0",
    "subnet-0123456789abcdef0",
    "subnet-0123456789abcdef1",
    "arn:aws:iam::123456789012:role/ops",
    "arn:aws-us-gov:iam::123456789012:role/ops",
];

function texts(type: z.core.$ZodType): fc.Arbitrary<unknown> {
    const valid = example(type);
    return fc.constantFrom(...TEXTS, ...(valid === undefined ? [] : [valid, valid]));
}

function numbers({ minValue, maxValue }: z.ZodNumber): fc.Arbitrary<unknown> {
    const [min, max] = [minValue ?? 0, maxValue ?? 1000];
    return fc.oneof(fc.constantFrom(min - 1, min, max, max + 1), fc.integer({ min, max }));
}

/** Values of a type of the schema, and values that only just are not of it. */
function valueOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
    const type = bare(schema);
    const options = choices(schema);
    if (options) {
        return fc.constantFrom(...options);
    }
    if (type instanceof z.ZodNullable) {
        return fc.option(valueOf(type.def.innerType));
    }
    if (type instanceof z.ZodBoolean) {
        return fc.boolean();
    }
    if (type instanceof z.ZodNumber) {
        return numbers(type);
    }
    if (type instanceof z.ZodArray) {
        return fc.array(valueOf(type.def.element), { maxLength: 4 });
    }
    if (type instanceof z.ZodRecord) {
        return fc.dictionary(
            texts(type.def.keyType) as fc.Arbitrary<string>,
            valueOf(type.def.valueType),
            { maxKeys: 4 },
        );
    }
    if (type instanceof z.ZodObject) {
        const fields = Object.entries<z.core.$ZodType>(type.shape);
        return fc.record(
            Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)])),
            {
                requiredKeys: fields
                    .filter(([, field]) => !z.safeParse(field, undefined).success)
                    .map(([name]) => name),
            },
        );
    }
    return texts(schema);
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** Keys whose values are no secrets: those need an encrypted stack file. */
const PLAIN: readonly Key[] = keys.filter((key) => specOf(key).secret !== true);

/**
 * Configurations by full key, most of them wrong: some keys, each with a value near the border of what it may be.
 *
 * @param fixed keys without namespace that every configuration has
 */
export function configurations(
    fixed: Readonly<Partial<Record<Key, string>>>,
): fc.Arbitrary<Readonly<Record<string, string>>> {
    const free = PLAIN.filter((key) => !(key in fixed));
    const values = free.map((key) => [key, valueOf(schema.shape[key]).map(asText)] as const);
    const some = fc.record(Object.fromEntries(values), { requiredKeys: [] });
    return some.map((given) => qualified({ ...given, ...fixed }));
}

function qualified(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [`hysds:${key}`, value]),
    );
}

/** Every key with its default, which overrides what a stack file says of it. */
export const DEFAULTS = qualified(
    Object.fromEntries(PLAIN.map((key) => [key, asText(specOf(key).default)])),
);
