import * as policy from "@pulumi/policy";

/** The SDK's error for a value that is known only after `pulumi up`; its own declarations leave out what it has. */
interface UnknownValue extends Error {
    readonly unknownTypeSentinel: string;
    /** Where the value is, from the resource's properties. */
    readonly props: readonly string[];
}

const UnknownValueError = policy.UnknownValueError as unknown as new (
    sentinel: string,
    props: readonly string[],
) => UnknownValue;

/** A value whose parts throw where they are read and not known yet. */
export const unknownCheckingProxy = policy.unknownCheckingProxy as unknown as <T>(value: T) => T;

/** Of more values than this, only the count is told. */
const PATHS_TOLD = 5;

/** A rule needs values that are not known before `pulumi up`. The SDK reports it as an advisory, whatever the level. */
export class CannotTell extends UnknownValueError {
    constructor(first: UnknownValue, others: readonly UnknownValue[]) {
        super(first.unknownTypeSentinel, first.props);
        const paths = [...new Set([first, ...others].map(({ props }) => `.${props.join(".")}`))];
        const told = paths.slice(0, PATHS_TOLD).join(", ");
        const more = paths.length > PATHS_TOLD ? ` and ${paths.length - PATHS_TOLD} more` : "";
        this.message = `cannot tell before up: ${told}${more} not known yet`;
    }
}

/**
 * Runs the parts of a check so that a value which is not known yet stops only the part that reads it: the other parts
 * still decide, and what could not be decided is told at the end.
 */
export class Examination {
    private readonly unknown: UnknownValue[] = [];

    /** @param report tells of a violation, and optionally of the URN of the resource that it is about */
    constructor(readonly report: (finding: string, urn?: string) => void) {}

    /** Runs one part. */
    readonly part = (check: () => void): void => this.attempt(check, undefined);

    /** The value, or `fallback` when it is not known yet, which is then told at the end. */
    readonly attempt = <T>(read: () => T, fallback: T): T => {
        try {
            return read();
        } catch (error) {
            if (!(error instanceof UnknownValueError)) {
                throw error;
            }
            this.unknown.push(error);
            return fallback;
        }
    };

    /** Runs a part for each element of a list; an absent list has none. */
    readonly each = <T>(
        list: readonly T[] | undefined,
        check: (element: T, index: number) => void,
    ): void => {
        for (let index = 0; index < (list?.length ?? 0); index++) {
            this.part(() => check((list as readonly T[])[index] as T, index));
        }
    };

    /** Runs a part for each entry of a map; an absent map has none. */
    readonly eachEntry = <T>(
        map: Readonly<Record<string, T>> | undefined,
        check: (key: string, value: T) => void,
    ): void => {
        for (const key of Object.keys(map ?? {})) {
            this.part(() => check(key, (map as Record<string, T>)[key] as T));
        }
    };

    /** @throws CannotTell when a part met a value that is not known yet */
    readonly conclude = (): void => {
        const [first, ...others] = this.unknown;
        if (first) {
            throw new CannotTell(first, others);
        }
    };
}

/** Whether a property is given, even when its value is not known yet. */
export function isGiven(properties: object, name: string): boolean {
    return name in properties;
}
