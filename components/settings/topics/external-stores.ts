import * as pulumi from "@pulumi/pulumi";
import { key, keySpecs, optional, topicKeys } from "../key";
import { encrypted, refuse, Rule, set } from "../rule";
import { isEncrypted, Scheme } from "../scheme";
import type { Key, Values } from "../schema";
import { placeKeys, placeOf, Use, USES, where } from "./stores";

/** Scheme, host and port of a server; without credentials, which would be in plain text. */
const ADDRESS = /^([a-z]+):\/\/([a-z0-9]([a-z0-9.-]*[a-z0-9])?):(\d{1,5})$/;

/** What passes through HySDS's files, URLs and command lines as it is. */
const PASSWORD = /^[\w.~!@%^&*()+=:,/?;<>{}[\]|#-]{8,128}$/;
const PASSWORD_WORDS = "8 to 128 letters, digits and ._~!@%^&*()+=:,/?;<>{}[]|#-";

function url(use: Use, [secure, plain]: readonly [string, string], what: string, example: string) {
    return key(optional(new RegExp(ADDRESS.source.replace("[a-z]+", `${secure}|${plain}`))), {
        default: "",
        description: `${what} of an external store, with its port.`,
        allowed: `${secure}://, a host name, a colon and a port, without credentials or a path; ${plain}:// for a Service of the cluster (….svc)`,
        example,
        requires: where(use, "external"),
    });
}

function password(use: Use) {
    return key(optional(PASSWORD), {
        default: "",
        description: "Its password; set it with --secret.",
        allowed: PASSWORD_WORDS,
        requires: where(use, "external"),
        secret: true,
    });
}

/** Keys about stores that are there. What HySDS needs of each: docs/external-stores.md. */
export const keys = topicKeys("External stores", {
    brokerUrl: url(
        "broker",
        ["amqps", "amqp"],
        "AMQP address",
        "amqps://rabbitmq.example.org:5671",
    ),
    brokerManagementUrl: url(
        "broker",
        ["https", "http"],
        "Address of the management API",
        "https://rabbitmq.example.org:15671",
    ),
    brokerPassword: password("broker"),
    redisUrl: url("redis", ["rediss", "redis"], "Address", "rediss://redis.example.org:6379"),
    redisPassword: password("redis"),
    searchUrl: url("search", ["https", "http"], "Address", "https://search.example.org:9200"),
    searchUsername: key(optional(/^[\w.@-]{1,128}$/), {
        default: "",
        description: "User of an external search cluster.",
        allowed: "1 to 128 letters, digits and ._@-",
        example: "hysds",
        requires: where("search", "external"),
    }),
    searchPassword: password("search"),
});

type ExternalKey = Extract<keyof typeof keys, Key>;

const NEEDED: Readonly<Record<Use, readonly ExternalKey[]>> = {
    broker: ["brokerUrl", "brokerManagementUrl", "brokerPassword"],
    redis: ["redisUrl", "redisPassword"],
    search: ["searchUrl", "searchUsername", "searchPassword"],
};

const isPassword = (name: string): boolean => name.endsWith("Password");

/** A valid value, or the file that a password is read from. */
function exampleOf(name: ExternalKey): string {
    return isPassword(name)
        ? `${name.replace("Password", "-password")}.txt`
        : (keySpecs.get(keys[name])?.example ?? "");
}

const entries = Object.entries(NEEDED).flatMap(([use, needed]) =>
    needed.map((name) => ({ use: use as Use, name, example: exampleOf(name) })),
);

/** Every key of an external store has a value. */
function completeness({ use, name, example }: (typeof entries)[number]): Rule {
    return refuse(
        `external-${use}-has-${name}`,
        [name, ...placeKeys(use)],
        (values) => placeOf(values, use) === "external" && values[name] === "",
        {
            at: name,
            reason: `${use} is external, and this is not set`,
            fixes: [
                isPassword(name) ? { set: name, value: example, secret: true } : set(name, example),
            ],
        },
    );
}

/** Whether an address is a Service's, whose traffic stays in the cluster. */
function isInCluster({ host }: ExternalAddress): boolean {
    return /\.svc(\.|$)/.test(host);
}

/** Without TLS a password and all data cross the network in plain text: inside the cluster only. */
function encryption({ name, example }: (typeof entries)[number]): Rule {
    const crossesOpenly = (address: ExternalAddress): boolean =>
        !isEncrypted(address.scheme) && !isInCluster(address);
    return refuse(
        `${name}-is-encrypted`,
        [name],
        (values) => values[name] !== "" && crossesOpenly(parse(values[name])),
        {
            at: name,
            reason: "without TLS its password would cross the network in plain text",
            allowed: `an address with TLS, such as ${example}`,
            fixes: [set(name, example)],
        },
    );
}

/** One server serves all parts of HySDS. */
function oneServer(use: "redis" | "search"): Rule {
    const layout = `${use}Layout` as const;
    return refuse(
        `external-${use}-is-shared`,
        [layout, ...placeKeys(use)],
        (values) => placeOf(values, use) === "external" && values[layout] !== "shared",
        {
            at: layout,
            reason: `${use} is external, which is one server for all`,
            allowed: "shared",
            fixes: [set(layout, "shared")],
        },
    );
}

/** Rules about external stores. */
export const rules: readonly Rule[] = [
    ...entries.map(completeness),
    ...entries
        .filter(({ name }) => isPassword(name))
        .map(({ name, example }) => encrypted(`${name}-is-secret`, name, example)),
    ...entries.filter(({ name }) => /Url$/.test(name)).map(encryption),
    oneServer("redis"),
    oneServer("search"),
    refuse(
        "external-stores-are-backed-up-by-their-owners",
        ["backups", "backends", ...USES],
        (values) => values.backups && USES.every((use) => placeOf(values, use) === "external"),
        {
            at: "backups",
            reason: "every store is external, and its owner backs it up",
            allowed: "false",
            fixes: [set("backups", false)],
        },
    ),
];

/** Where a server listens. */
export interface ExternalAddress {
    readonly scheme: Scheme;
    readonly host: string;
    readonly port: number;
}

/** Where a store is; one that is not the stack's, with what reaches it. */
type Location<Reached> =
    | { readonly kind: "aws" }
    | { readonly kind: "in-cluster" }
    | ({ readonly kind: "external" } & Reached);

interface Reached {
    readonly address: ExternalAddress;
    readonly password: pulumi.Output<string>;
}

/** Where the broker is. */
export type RabbitmqLocation = Location<Reached & { readonly management: ExternalAddress }>;

/** Where Redis is. */
export type RedisLocation = Location<Reached>;

/** Where the search clusters are. */
export type SearchLocation = Location<Reached & { readonly username: string }>;

function parse(text: string): ExternalAddress {
    const [, scheme = "", host = "", , port = ""] = ADDRESS.exec(text) ?? [];
    return { scheme: scheme as Scheme, host, port: Number(port) };
}

function locationOf<Reached>(values: Values, use: Use, reached: () => Reached): Location<Reached> {
    const kind = placeOf(values, use);
    return kind === "external" ? { kind, ...reached() } : { kind };
}

/** Where the broker is, as its keys have it. */
export function rabbitmqLocation(values: Values): RabbitmqLocation {
    return locationOf(values, "broker", () => ({
        address: parse(values.brokerUrl),
        management: parse(values.brokerManagementUrl),
        password: pulumi.secret(values.brokerPassword),
    }));
}

/** Where Redis is, as its keys have it. */
export function redisLocation(values: Values): RedisLocation {
    return locationOf(values, "redis", () => ({
        address: parse(values.redisUrl),
        password: pulumi.secret(values.redisPassword),
    }));
}

/** Where the search clusters are, as their keys have them. */
export function searchLocation(values: Values): SearchLocation {
    return locationOf(values, "search", () => ({
        address: parse(values.searchUrl),
        username: values.searchUsername,
        password: pulumi.secret(values.searchPassword),
    }));
}
