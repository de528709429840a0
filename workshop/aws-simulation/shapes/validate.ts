import { closest, distance } from "fastest-levenshtein";
import { isObject, Properties, referencedUrn, UNKNOWN, Value } from "../wire/values";
import { catalogueOf } from "./catalogue";
import { ObjectShape, Shape } from "./shape";

/** One way in which inputs do not fit the published types. */
export interface Misfit {
    /** Path such as `users[0].password`. */
    readonly property: string;
    readonly reason: string;
}

/**
 * Compares properties with a published type, at every depth. Unknown values fit any type.
 *
 * @param properties without secret marks.
 * @returns every misfit; empty when the properties fit.
 */
export function misfits(properties: Properties, shape: ObjectShape, path = ""): Misfit[] {
    const found: Misfit[] = [];
    for (const [name, value] of Object.entries(properties)) {
        const property = path ? `${path}.${name}` : name;
        const expected = shape[name];
        if (expected) {
            found.push(...valueMisfits(value, expected.shape, property));
        } else if (name !== "__defaults") {
            found.push({ property, reason: unknownProperty(name, Object.keys(shape)) });
        }
    }
    for (const [name, { required }] of Object.entries(shape)) {
        if (required && (properties[name] === undefined || properties[name] === null)) {
            const property = path ? `${path}.${name}` : name;
            found.push({ property, reason: `Missing required argument "${name}"` });
        }
    }
    return found;
}

function unknownProperty(name: string, known: readonly string[]): string {
    const near = known.length > 0 ? closest(name, known) : "";
    const hint = near && distance(name, near) <= name.length / 3 ? `; did you mean "${near}"?` : "";
    return `Unknown argument "${name}": the published type has no such property${hint}`;
}

function valueMisfits(value: Value, shape: Shape, property: string): Misfit[] {
    if (value === UNKNOWN || value === null || shape === "any") {
        return [];
    }
    if (typeof shape === "string") {
        return primitiveFits(value, shape)
            ? []
            : [{ property, reason: `expected ${shape}, got ${describe(value)}` }];
    }
    if ("array" in shape) {
        return Array.isArray(value)
            ? value.flatMap((item, i) => valueMisfits(item, shape.array, `${property}[${i}]`))
            : [{ property, reason: `expected a list, got ${describe(value)}` }];
    }
    if ("union" in shape) {
        return unionMisfits(value, shape.union, property);
    }
    if (!isObject(value)) {
        return [{ property, reason: `expected an object, got ${describe(value)}` }];
    }
    if ("map" in shape) {
        return Object.entries(value).flatMap(([key, item]) =>
            valueMisfits(item, shape.map, `${property}.${key}`),
        );
    }
    return misfits(value, objectShape(shape), property);
}

function objectShape(
    shape: { object: ObjectShape } | { ref: string; package: string },
): ObjectShape {
    if ("object" in shape) {
        return shape.object;
    }
    const found = catalogueOf(shape.package).nestedType(shape.ref);
    if (!found) {
        throw new Error(`the package ${shape.package} refers to a type it lacks: ${shape.ref}`);
    }
    return found;
}

/** A value fits a union when it fits one alternative; else it is judged by the alternative of its own kind. */
function unionMisfits(value: Value, alternatives: readonly Shape[], property: string): Misfit[] {
    const attempts = alternatives.map((shape) => valueMisfits(value, shape, property));
    if (attempts.some((attempt) => attempt.length === 0)) {
        return [];
    }
    return attempts.sort((a, b) => depth(b) - depth(a))[0] ?? [];
}

function depth(attempt: readonly Misfit[]): number {
    return Math.max(...attempt.map((misfit) => misfit.property.length));
}

function primitiveFits(value: Value, shape: "string" | "number" | "boolean" | "resource"): boolean {
    return shape === "resource"
        ? typeof value === "string" || referencedUrn(value) !== undefined || isObject(value)
        : typeof value === shape;
}

function describe(value: Value): string {
    if (Array.isArray(value)) {
        return "a list";
    }
    return isObject(value) ? "an object" : `${typeof value} ${JSON.stringify(value)}`;
}
