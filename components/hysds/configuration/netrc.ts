import { ConfigurationInputs, SearchAddress } from "./inputs";

/**
 * `netrc-os`: HySDS's search clients do not start without `~/.netrc-os`, mode 0600, with a `default` entry, which they
 * use for every host that has no credentials of its own. Where clusters have none, a placeholder stands here, which
 * the signing proxy ignores.
 */
export function renderNetrc(inputs: ConfigurationInputs): string {
    const { username, password } = netrcCluster(inputs);
    const login = netrcToken(password === undefined ? "none" : (username ?? "none"));
    return `default login ${login} password ${netrcToken(password ?? "none")}\n`;
}

/**
 * `netrc`: the login of the broker's management API, which Mozart asks by requests. In the URL it would be in the text
 * of every refusal, which Mozart logs and gives to whoever asked it.
 * https://requests.readthedocs.io/en/latest/user/authentication/#netrc-authentication
 */
export function renderManagementNetrc({ brokerManagement }: ConfigurationInputs): string {
    const { host, username = "", password = "" } = brokerManagement;
    return `machine ${host} login ${netrcToken(username)} password ${netrcToken(password)}\n`;
}

/** The cluster whose login is the entry. */
export function netrcCluster({ search }: ConfigurationInputs): SearchAddress {
    return search.mozart;
}

/** A quoted token as Python's netrc module reads it: a backslash makes the next character literal. */
export function netrcToken(value: string): string {
    return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
