import * as fs from "node:fs";
import * as path from "node:path";
import { Dockerfile, DockerfileParser, From, Instruction } from "dockerfile-ast";

const IMAGES_DIRECTORY = path.resolve(__dirname, "../../../images");

/** Text of a file below images/. */
export function imageFile(...segments: string[]): string {
    return fs.readFileSync(path.join(IMAGES_DIRECTORY, ...segments), "utf8");
}

/** Directories below images/ that have a Dockerfile. */
export function dockerfileDirectories(): string[] {
    return fs
        .readdirSync(IMAGES_DIRECTORY)
        .filter((name) => fs.existsSync(path.join(IMAGES_DIRECTORY, name, "Dockerfile")))
        .sort();
}

/** Images whose Python libraries are locked. */
export function lockedDirectories(): string[] {
    return dockerfileDirectories().filter((name) =>
        fs.existsSync(path.join(IMAGES_DIRECTORY, name, "requirements.in")),
    );
}

/** A Dockerfile as its parser sees it. */
export class ParsedDockerfile {
    public readonly text: string;
    private readonly dockerfile: Dockerfile;

    constructor(image: string) {
        this.text = imageFile(image, "Dockerfile");
        this.dockerfile = DockerfileParser.parse(this.text);
    }

    /** Every FROM, with the defaults of ARG filled in. */
    bases(): string[] {
        const defaults = new Map(
            this.dockerfile.getInitialARGs().flatMap((arg) => {
                const property = arg.getProperty();
                return property ? [[property.getName(), property.getValue() ?? ""] as const] : [];
            }),
        );
        const filled = (text: string): string =>
            text.replace(/\$\{(\w+)\}/g, (_, name: string) => filled(defaults.get(name) ?? ""));
        return this.dockerfile.getFROMs().map((from: From) => filled(from.getImage() ?? ""));
    }

    /** Arguments of the instructions of the stage that becomes the image, by keyword. */
    final(keyword: string): string[] {
        const last = this.instructions().findLastIndex((each) => each.getKeyword() === "FROM");
        return this.instructions()
            .slice(last)
            .filter((each) => each.getKeyword() === keyword)
            .map((each) => each.getArgumentsContent() ?? "");
    }

    /** Arguments of all instructions, by keyword. */
    all(keyword: string): string[] {
        return this.instructions()
            .filter((each) => each.getKeyword() === keyword)
            .map((each) => each.getArgumentsContent() ?? "");
    }

    private instructions(): Instruction[] {
        return this.dockerfile.getInstructions();
    }
}
