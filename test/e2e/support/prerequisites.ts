import { findOnPath } from "../../../workshop/engine/toolchain/installed";

/** Programs that the tests start but do not install, and the Debian packages that have them. */
const PROGRAMS: Readonly<Record<string, string>> = {
    "apt-get": "apt",
    dpkg: "dpkg",
    java: "default-jre-headless",
    mvn: "maven",
    python3: "python3-venv",
};

/** @throws Error, in one line, naming every program that is missing and the command that installs them */
export function requirePrograms(programs: Readonly<Record<string, string>> = PROGRAMS): void {
    const missing = Object.keys(programs).filter((name) => !findOnPath(name));
    if (missing.length > 0) {
        const packages = missing.map((name) => programs[name]).join(" ");
        throw new Error(
            `The end-to-end tests need ${missing.join(", ")} on the PATH: apt-get install ${packages}`,
        );
    }
}
