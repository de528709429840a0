import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { BUILD_CONTEXTS, BuiltImage } from "../../../components/images/contexts";
import {
    CONFIGURATION_DIRECTORY,
    HOME_DIRECTORY,
    HYSDS_UID,
} from "../../../components/hysds/pod/paths";
import { renderUiNginx } from "../../../components/hysds/configuration/ui";
import { PUBLIC_PATHS } from "../../../components/hysds/catalog/public-paths";
import { NGINX_IMAGE as GATEWAY_IMAGE } from "../../../components/operations/nginx";
import { managed } from "../configuration/support/inputs";
import { ParsedDockerfile, dockerfileDirectories, imageFile } from "./support";

describe("images/", () => {
    it("has a Dockerfile for every image of the table, and none beside", () => {
        expect(dockerfileDirectories()).toEqual(Object.keys(BUILD_CONTEXTS).sort());
    });
});

/** What instructions read of the build context `release`: paths of a COPY, or the source of a mount. */
const FROM_RELEASE = /from=release[ ,](?:source=)?((?:\/[^\s,]+ ?)+)/g;

/** `release` is files without a process. */
const withProcesses = dockerfileDirectories().filter((image) => image !== "release");

describe.each(dockerfileDirectories())("the Dockerfile of %s", (image) => {
    const dockerfile = new ParsedDockerfile(image);

    it("has nothing that its linter minds", () => {
        const source = imageFile(image, "Dockerfile");
        expect(validate(source).map(({ message, range }) => [range.start.line, message])).toEqual(
            [],
        );
    });

    it("installs Python libraries by hash, or without an index", () => {
        const installs = [...dockerfile.all("RUN"), ...dockerfile.all("ENV")].join(" ");
        const commands = installs.match(/pip (install|wheel)[^&]*/g) ?? [];
        const checked = /--require-hashes|--no-index/;
        const everywhere = installs.includes("PIP_REQUIRE_HASHES=1");
        expect(commands.filter((each) => !checked.test(each) && !everywhere)).toEqual([]);
    });
});

describe.each(withProcesses)("the Dockerfile of %s", (image) => {
    const dockerfile = new ParsedDockerfile(image);

    it("begins from exact versions, or from an image of its own", () => {
        const own = BUILD_CONTEXTS[image as BuiltImage].from;
        for (const base of dockerfile.bases()) {
            expect([own, base]).toContainEqual(
                base === own ? own : expect.stringMatching(/^\S+:\d+\.\d+\.\d+-[\w-]+$/),
            );
        }
        const runtime = image === "hysds-ui" ? GATEWAY_IMAGE : dockerfile.bases()[0];
        expect(dockerfile.bases().at(-1)).toEqual(own ?? runtime);
    });

    it("ends as the numeric user of the pods", () => {
        expect(dockerfile.final("USER").at(-1)).toBe(`${HYSDS_UID}:${HYSDS_UID}`);
    });

    it("has no compiler in what it becomes", () => {
        expect(dockerfile.final("RUN").join(" ")).not.toMatch(
            /\b(gcc|g\+\+|make|\S+-dev|binutils)\b/,
        );
    });

    it("names itself by OCI labels", () => {
        const labels = dockerfile.final("LABEL").join(" ");
        for (const label of ["title", "description", "version", "revision"]) {
            expect(labels).toMatch(new RegExp(`org\\.opencontainers\\.image\\.${label}="[^"]+"`));
        }
    });

    it("leaves health to Kubernetes", () => {
        expect(dockerfile.all("HEALTHCHECK")).toEqual([]);
    });
});

describe("hysds-ui", () => {
    const ui = new ParsedDockerfile("hysds-ui");

    it("installs the libraries that its lock names, and runs no script of theirs", () => {
        const installs = ui.all("RUN").filter((command) => command.includes("npm "));
        expect(installs.join(" ")).toMatch(/npm ci --ignore-scripts/);
        expect(installs.join(" ")).not.toMatch(/npm (install|i|add) /);
    });

    it("has its pages where its nginx.conf looks for them", () => {
        const root = /root (\S+);/.exec(renderUiNginx(managed()))?.[1];
        expect(ui.final("COPY")).toEqual([`/build/dist ${root}${PUBLIC_PATHS.ui}`]);
    });

    it("is built with the settings that the project renders", () => {
        expect(ui.all("COPY")).toContain("config/index.js ./src/config/index.js");
    });
});

describe("release", () => {
    const release = new ParsedDockerfile("release");

    it("is laid out as the directory that the images read otherwise", () => {
        const laidOut = release.final("COPY").map((copied) => copied.split(" ").at(-1) ?? "");
        const read = dockerfileDirectories()
            .flatMap((image) => [...new ParsedDockerfile(image).text.matchAll(FROM_RELEASE)])
            .flatMap(([, paths = ""]) => paths.trim().split(" "))
            // The last word of a COPY is where it goes.
            .filter((path) => !path.startsWith("/opt/"));
        expect(read.length).toBeGreaterThan(6);
        for (const path of read) {
            expect(
                laidOut.some((place) => `${path}/`.startsWith(`${place}/`)),
                path,
            ).toBe(true);
        }
    });
});

describe("base", () => {
    const base = new ParsedDockerfile("base");

    it("starts processes below tini", () => {
        expect(base.final("ENTRYPOINT")).toEqual(['["tini", "--"]']);
    });

    it("has the paths that pods mount", () => {
        expect(base.final("ENV").join(" ")).toContain(`HOME=${HOME_DIRECTORY}`);
        expect(base.final("RUN").join(" ")).toContain(CONFIGURATION_DIRECTORY);
    });
});
