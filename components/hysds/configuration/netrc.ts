import { ConfigurationInputs } from "./inputs";

/**
 * `netrc-os`: HySDS's search clients do not start without `~/.netrc-os`, mode 0600, with a `default` entry. Where
 * credentials are in the URL, or differ by cluster, those win; where there are none, a placeholder stands here, which
 * the signing proxy ignores.
 */
export function renderNetrc({ search }: ConfigurationInputs): string {
    const { username, password } = search.mozart;
    const login = netrcToken(password === undefined ? "none" : (username ?? "none"));
    return `default login ${login} password ${netrcToken(password ?? "none")}\n`;
}

/** A quoted token as Python's netrc module reads it: a backslash makes the next character literal. */
export function netrcToken(value: string): string {
    return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
