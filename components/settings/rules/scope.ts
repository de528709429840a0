import { isDeepStrictEqual } from "node:util";
import { Key, keys, schema, Values } from "../schema";
import { keyFacts, Scope } from "../schema/key";
import { Finding, Rule, remove, rule } from "./rule";

const meaning: Readonly<
    Record<Scope, { readonly applies: (v: Values) => boolean; readonly words: string }>
> = {
    aws: { applies: (v) => v.platform === "aws", words: "on platform aws" },
    existing: { applies: (v) => v.platform === "existing", words: "on platform existing" },
    "new-network": {
        applies: (v) => v.platform === "aws" && v.vpcId === "",
        words: "on platform aws without vpcId",
    },
    "existing-network": {
        applies: (v) => v.platform === "aws" && v.vpcId !== "",
        words: "on platform aws with vpcId",
    },
    managed: { applies: (v) => v.backends === "managed", words: "with backends managed" },
    // Platform existing has no other backends, and a rule of its own says so.
    "in-cluster": {
        applies: (v) => v.backends === "in-cluster" || v.platform === "existing",
        words: "with backends in-cluster",
    },
};

/**
 * The engine passes defaults on like values that were set, so the two cannot be told apart: a value that equals its
 * default counts as not set.
 */
function outOfPlace(key: Key, values: Values): readonly Finding[] {
    const facts = keyFacts.get(schema.shape[key]);
    if (facts?.scope === undefined || isDeepStrictEqual(values[key], facts.default)) {
        return [];
    }
    const { applies, words } = meaning[facts.scope];
    return applies(values)
        ? []
        : [{ at: key, reason: `it means something ${words} only`, fixes: [remove(key)] }];
}

/** A key that would do nothing in this stack is refused: who set it believes that it does. */
export const scopeRules: readonly Rule[] = keys.map((key) =>
    rule(`${key}-applies`, [key, "platform", "backends", "vpcId"], (values) =>
        outOfPlace(key, values),
    ),
);
