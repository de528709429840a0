import { Values, texts } from "../setting";

/** A credential is one in every environment. */
export const everywhere = { local: "mandatory" } as const;

export const exceptions = {
    allowedNames: texts("Names of keys, variables and annotations that are not looked at.", []),
};

export function isExcepted(name: string, settings: Values<typeof exceptions>): boolean {
    return settings.allowedNames.includes(name);
}
