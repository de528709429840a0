import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheRoot, fillOnce } from "../../../../engine/toolchain/cache";

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
    const folder = join(cacheRoot(), "consumers", `python-${key}`);
    const marker = join(folder, "complete");
    await fillOnce(
        cacheRoot(),
        folder,
        () => existsSync(marker),
        async (temporary) => {
            await execa("python3", ["-m", "venv", temporary]);
            const python = join(temporary, "bin/python");
            await execa(python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]);
            await writeFile(join(temporary, "complete"), "");
        },
    );
    return join(folder, "bin/python");
}

/**
 * RabbitMQ and Redis as Debian packages them, unpacked in the cache and not installed: no service of them starts, and
 * nothing outside the cache changes. The folder is what `/` would be.
 */
export async function debianServers(): Promise<string> {
    const folder = join(cacheRoot(), "consumers", "debian-rabbitmq-redis");
    const marker = join(folder, "complete");
    await fillOnce(
        cacheRoot(),
        folder,
        () => existsSync(marker),
        async (temporary) => {
            const packages = [
                "rabbitmq-server",
                "redis-server",
                "redis-tools",
                ...DEBIAN_LIBRARIES,
            ];
            await execa("apt-get", ["download", ...packages, ...(await erlangPackages())], {
                cwd: temporary,
            });
            for (const file of await readdir(temporary)) {
                await execa("dpkg", ["--extract", file, "."], { cwd: temporary });
            }
            await relocateErlang(join(temporary, ERLANG_ROOT), join(folder, ERLANG_ROOT));
            await writeFile(join(temporary, "complete"), "");
        },
    );
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
async function relocateErlang(unpacked: string, folder: string): Promise<void> {
    const script = join(unpacked, "bin/erl");
    const text = await readFile(script, "utf8");
    await writeFile(script, text.replaceAll("ROOTDIR=/usr/lib/erlang", `ROOTDIR=${folder}`));
}

/** Ruby as Debian packages it, unpacked in the cache: the executable, and the environment that it needs there. */
export async function debianRuby(): Promise<{ file: string; env: Record<string, string> }> {
    const folder = join(cacheRoot(), "consumers", "debian-ruby");
    const marker = join(folder, "complete");
    await fillOnce(
        cacheRoot(),
        folder,
        () => existsSync(marker),
        async (temporary) => {
            const { stdout } = await execa("apt-cache", ["depends", "ruby"]);
            const version = /Depends: (ruby[\d.]+)/.exec(stdout)?.[1] ?? "ruby3.1";
            await execa("apt-get", ["download", version, `lib${version}`, "libyaml-0-2"], {
                cwd: temporary,
            });
            for (const file of await readdir(temporary)) {
                await execa("dpkg", ["--extract", file, "."], { cwd: temporary });
            }
            await writeFile(join(temporary, "complete"), version);
        },
    );
    const version = (await readFile(marker, "utf8")).replace("ruby", "");
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
