import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { parseInterfaces } from "./parse";
import { Interfaces, ObjectShape } from "./shape";

const require_ = createRequire(__filename);

/** Raised when the parsed form of the shapes changes, so that an older cache is not read. */
const CACHE_FORMAT = 1;

/** What one published package declares: its resources, components and functions, and their properties. */
export class Catalogue {
    public readonly version: string;
    private readonly root: string;
    private nested: Interfaces | undefined;
    private readonly files = new Map<string, Interfaces | undefined>();

    /**
     * @param name `aws`, `awsx` or `eks`.
     * @param cacheDir where the parse of the nested types (a 6 MB file for `aws`) is kept between runs;
     *     `$XDG_CACHE_HOME/hysds-pulumi/aws-simulation` by default.
     */
    constructor(
        public readonly name: string,
        private readonly cacheDir = defaultCacheDir(),
    ) {
        this.root = path.dirname(require_.resolve(`@pulumi/${name}/package.json`));
        const manifest = JSON.parse(
            fs.readFileSync(path.join(this.root, "package.json"), "utf8"),
        ) as { version: string };
        this.version = manifest.version;
    }

    /** Inputs of a resource or component; undefined when the package does not declare the type. */
    inputsOf(token: string): ObjectShape | undefined {
        const { file, name } = this.locate(token);
        return this.declares(file, token) ? (this.file(file)?.[`${name}Args`] ?? {}) : undefined;
    }

    /** Every property that a resource's state can have, inputs and outputs. */
    stateOf(token: string): ObjectShape | undefined {
        const { file, name } = this.locate(token);
        return this.declares(file, token) ? this.file(file)?.[`${name}State`] : undefined;
    }

    /** Arguments of a function (`aws:ec2/getVpc:getVpc`); undefined when the package does not declare it. */
    argumentsOf(token: string): ObjectShape | undefined {
        const { file, name } = this.locate(token);
        const capital = name.charAt(0).toUpperCase() + name.slice(1);
        return this.declares(file, token) ? (this.file(file)?.[`${capital}Args`] ?? {}) : undefined;
    }

    /** Configuration of the package's provider. */
    providerInputs(): ObjectShape {
        return this.file("provider.d.ts")?.ProviderArgs ?? {};
    }

    /** A nested type by its qualified name, such as `mq.BrokerUser`. */
    nestedType(name: string): ObjectShape | undefined {
        this.nested ??= this.loadNested();
        return this.nested[name];
    }

    private locate(token: string): { file: string; name: string } {
        // aws:mq/broker:Broker is mq/broker.d.ts; awsx:ec2:Vpc is ec2/vpc.d.ts; eks:index:Cluster is cluster.d.ts.
        const [, module = "", name = ""] = token.split(":");
        const camel = name.charAt(0).toLowerCase() + name.slice(1);
        const stem = module.includes("/") ? module : `${module}/${camel}`;
        return { file: `${stem.replace(/^index\//, "")}.d.ts`, name };
    }

    private declares(file: string, token: string): boolean {
        if (this.file(file) === undefined) {
            return false;
        }
        const code = fs.readFileSync(path.join(this.root, file.replace(/\.d\.ts$/, ".js")), "utf8");
        return code.includes(`"${token}"`) || code.includes(`'${token}'`);
    }

    private file(file: string): Interfaces | undefined {
        if (!this.files.has(file)) {
            const full = path.join(this.root, file);
            const text = fs.existsSync(full) ? fs.readFileSync(full, "utf8") : undefined;
            this.files.set(file, text === undefined ? undefined : parseInterfaces(text, this.name));
        }
        return this.files.get(file);
    }

    private loadNested(): Interfaces {
        const cached = path.join(
            this.cacheDir,
            `${this.name}-${this.version}-${CACHE_FORMAT}.json`,
        );
        if (fs.existsSync(cached)) {
            return JSON.parse(fs.readFileSync(cached, "utf8")) as Interfaces;
        }
        const source = path.join(this.root, "types", "input.d.ts");
        const interfaces = parseInterfaces(fs.readFileSync(source, "utf8"), this.name);
        fs.mkdirSync(this.cacheDir, { recursive: true });
        // Test files run in several processes: a rename is the only write that another one cannot see half done.
        const partial = `${cached}.${process.pid}`;
        fs.writeFileSync(partial, JSON.stringify(interfaces));
        fs.renameSync(partial, cached);
        return interfaces;
    }
}

function defaultCacheDir(): string {
    const base = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
    return path.join(base, "hysds-pulumi", "aws-simulation");
}

const catalogues = new Map<string, Catalogue>();

/** The catalogue of a package, parsed once a process. */
export function catalogueOf(name: string): Catalogue {
    let catalogue = catalogues.get(name);
    if (!catalogue) {
        catalogue = new Catalogue(name);
        catalogues.set(name, catalogue);
    }
    return catalogue;
}
