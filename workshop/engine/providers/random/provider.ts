import { isDeepStrictEqual } from "node:util";

import type { provider as pulumiProvider } from "@pulumi/pulumi";

import { RANDOM_TYPES, type RandomType } from "./types";
import { isUnknown, plain, type WireProperties } from "./wire";

/** The identifier that the official provider gives to resources whose value is secret. */
const NO_IDENTIFIER = "none";

/**
 * Stands in for Pulumi's random provider on a machine that cannot download it. It makes real
 * random values, from the operating system's generator, for `random.RandomPassword` and
 * `random.RandomBytes`, and refuses every other type. State it made is valid for the official
 * provider and the other way round.
 */
export class RandomProvider implements pulumiProvider.Provider {
    readonly schema = "{}";

    constructor(readonly version: string) {}

    check(
        urn: string,
        _olds: WireProperties,
        news: WireProperties,
    ): Promise<pulumiProvider.CheckResult> {
        const type = typeOf(urn);
        if (Object.values(news).some(isUnknown)) {
            return Promise.resolve({ inputs: news });
        }
        const parsed = type.inputs.safeParse(plain(news));
        if (parsed.success) {
            // The inputs as they came keep their marks of secrecy.
            return Promise.resolve({ inputs: { ...withoutUndefined(parsed.data), ...news } });
        }
        const failures = parsed.error.issues.map((issue) => ({
            property: issue.path.join(".") || issue.code,
            reason: issue.message,
        }));
        return Promise.resolve({ inputs: news, failures });
    }

    diff(
        _id: string,
        urn: string,
        olds: WireProperties,
        news: WireProperties,
    ): Promise<pulumiProvider.DiffResult> {
        const replaces = typeOf(urn).inputNames.filter(
            (name) => !isDeepStrictEqual(plain(olds[name]), plain(news[name])),
        );
        return Promise.resolve({ changes: replaces.length > 0, replaces });
    }

    async create(urn: string, inputs: WireProperties): Promise<pulumiProvider.CreateResult> {
        const generated = await typeOf(urn).generate(plain(inputs));
        return { id: NO_IDENTIFIER, outs: { ...inputs, ...generated } };
    }

    /** The state is the only place where the value is, so a refresh finds what it brings. */
    read(id: string, urn: string, state: WireProperties): Promise<pulumiProvider.ReadResult> {
        const { inputNames } = typeOf(urn);
        if (inputNames.every((name) => state[name] === undefined)) {
            throw new Error(`${urn} cannot be imported by this stand-in for the random provider`);
        }
        const inputs = inputNames.filter((name) => state[name] !== undefined);
        return Promise.resolve({
            id,
            props: state,
            inputs: Object.fromEntries(inputs.map((name) => [name, state[name]])),
        });
    }

    update(_id: string, urn: string): Promise<pulumiProvider.UpdateResult> {
        throw new Error(`${urn} cannot be updated in place: every change makes a new value`);
    }

    delete(): Promise<void> {
        return Promise.resolve();
    }
}

function typeOf(urn: string): RandomType {
    const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const type = RANDOM_TYPES.get(token);
    if (type === undefined) {
        const known = [...RANDOM_TYPES.keys()].join(", ");
        throw new Error(
            `${token} is not known to this stand-in for the random provider (it knows ${known})`,
        );
    }
    return type;
}

function withoutUndefined(properties: WireProperties): WireProperties {
    return Object.fromEntries(
        Object.entries(properties).filter(([, value]) => value !== undefined),
    );
}
