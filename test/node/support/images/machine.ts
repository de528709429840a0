import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";

/** Where Debian, and images built on it, keep the certificate authorities that programs believe. */
const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

/** What decides how apt reaches its mirrors. https://manpages.debian.org/trixie/apt/apt-transport-http.1.en.html */
const APT_SETTINGS = /^Acquire::(Check-Valid-Until|Check-Date|Retries|https?(::[\w.-]+)*::\w+) /;

/** What decides how pip reaches its index. https://pip.pypa.io/en/stable/topics/configuration/ */
const PIP_SETTINGS = ["index-url", "extra-index-url", "trusted-host", "proxy", "default-timeout"];

/**
 * Fills a folder with the files by which this machine reaches package mirrors, at the paths where an image has them:
 * certificate authorities, apt's, pip's and npm's settings. They go into the base images that stand for official ones,
 * so that the project's Dockerfiles need to know nothing of the machine.
 */
export async function copyMachineSettings(folder: string): Promise<void> {
    const authorities = join(folder, AUTHORITIES);
    await mkdir(dirname(authorities), { recursive: true });
    await cp(process.env["SSL_CERT_FILE"] ?? AUTHORITIES, authorities, { dereference: true });
    const put = async (path: string, lines: readonly string[]): Promise<void> => {
        const file = join(folder, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, lines.map((line) => `${line}\n`).join(""));
    };
    await put("etc/apt/apt.conf.d/99machine", await aptSettings());
    await put("etc/pip.conf", ["[global]", `cert = ${AUTHORITIES}`, ...(await pipSettings())]);
    const { stdout: npmRegistry } = await execa("npm", ["config", "get", "registry"]);
    await put("usr/local/etc/npmrc", [`registry=${npmRegistry}`, `cafile=${AUTHORITIES}`]);
}

async function aptSettings(): Promise<string[]> {
    const { stdout } = await execa("apt-config", ["dump", "Acquire"]);
    return stdout.split("\n").filter((line) => APT_SETTINGS.test(line));
}

/** `pip config list` shows files (`global.index-url='…'`) and variables (`:env:.index-url='…'`) alike. */
async function pipSettings(): Promise<string[]> {
    const { stdout } = await execa("python3", ["-m", "pip", "config", "list"]);
    const known = new Map(
        stdout
            .split("\n")
            .map((line) => /^(?:global|:env:)\.([\w-]+)='(.*)'$/.exec(line))
            .map((found) => [found?.[1] ?? "", found?.[2] ?? ""]),
    );
    return PIP_SETTINGS.flatMap((key) => (known.has(key) ? [`${key} = ${known.get(key)}`] : []));
}
