import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cached, unpackDebian } from "./cached";

/** Test tasks in the place of HySDS's own, and the client that sends them. */
export const TASKS = join(__dirname, "tasks");

const REQUIREMENTS = join(__dirname, "requirements.txt");
/** Beside what a Debian container image has. */
const DEBIAN_LIBRARIES = [
    "libatomic1",
    "libjemalloc2",
    "liblua5.1-0",
    "liblzf1",
    "libsctp1",
    "lua-bitop",
    "lua-cjson",
];
const ERLANG_ROOT = "usr/lib/erlang";

/**
 * A Python with the packages of requirements.txt from PyPI, in the cache: `-m celery`, `-m supervisor.supervisord`.
 * Its executables are called as modules, for the folder is moved after the installation.
 */
export async function consumerPython(): Promise<string> {
    const key = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
    const folder = await cached(`python-${key}`, async (temporary) => {
        await execa("python3", ["-m", "venv", temporary]);
        const python = join(temporary, "bin/python");
        await execa(python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]);
    });
    return join(folder, "bin/python");
}

/** RabbitMQ and Redis as Debian packages them, unpacked in the cache. */
export async function debianServers(): Promise<string> {
    const folder = await cached("debian-rabbitmq-redis", async (temporary) => {
        const packages = ["rabbitmq-server", "redis-server", "redis-tools", ...DEBIAN_LIBRARIES];
        await unpackDebian([...packages, ...(await erlangPackages())], temporary);
    });
    await relocateErlang(join(folder, ERLANG_ROOT));
    return folder;
}

async function erlangPackages(): Promise<string[]> {
    const { stdout } = await execa("apt-cache", [
        "depends",
        "--recurse",
        "--important",
        "rabbitmq-server",
    ]);
    return [...new Set(stdout.match(/^erlang-[\w-]+$/gm) ?? [])];
}

/** The start script of Erlang has its folder written into it. */
async function relocateErlang(root: string): Promise<void> {
    const script = join(root, "bin/erl");
    const text = await readFile(script, "utf8");
    await writeFile(script, text.replaceAll("ROOTDIR=/usr/lib/erlang", `ROOTDIR=${root}`));
}

/** Ruby as Debian packages it, unpacked in the cache: the executable, and the environment that it needs there. */
export async function debianRuby(): Promise<{ file: string; env: Record<string, string> }> {
    const { stdout } = await execa("apt-cache", ["depends", "ruby"]);
    const version = /Depends: ruby([\d.]+)/.exec(stdout)?.[1] ?? "3.1";
    const folder = await cached(`debian-ruby-${version}`, (temporary) =>
        unpackDebian([`ruby${version}`, `libruby${version}`, "libyaml-0-2"], temporary),
    );
    const libraries = (await readdir(join(folder, "usr/lib"))).find((name) =>
        name.endsWith("-linux-gnu"),
    );
    const native = join(folder, "usr/lib", libraries ?? "");
    return {
        file: join(folder, `usr/bin/ruby${version}`),
        env: {
            LD_LIBRARY_PATH: native,
            RUBYLIB: [
                join(folder, `usr/lib/ruby/${version}.0`),
                join(native, `ruby/${version}.0`),
            ].join(":"),
        },
    };
}
