import { Subject } from "../../../support/policy-pack";

type Tree = Record<string, unknown>;

/** The resources of a stack, to be changed in one place. The subjects that it was made of stay as they are. */
export class Draft {
    private readonly subjects: Subject[];

    constructor(private readonly originals: readonly Subject[]) {
        this.subjects = [...originals];
    }

    all(): readonly Subject[] {
        return this.subjects;
    }

    /** Those that are new or not as they were. */
    changed(): readonly Subject[] {
        return this.subjects.filter((subject) => !this.originals.includes(subject));
    }

    /**
     * Sets a property, such as `spec.template.spec.containers.0.image` or the list of its parts, of the first resource
     * of a type, or of the one of that name; `undefined` removes it.
     */
    set(type: string, property: string | readonly string[], value: unknown, name?: string): this {
        return this.replace(type, name, (subject) => {
            const properties = structuredClone(subject.properties);
            assign(
                properties,
                typeof property === "string" ? property.split(".") : property,
                value,
            );
            return { ...subject, properties };
        });
    }

    /** Changes what is not a property. */
    alter(type: string, changes: Partial<Subject>, name?: string): this {
        return this.replace(type, name, (subject) => ({ ...subject, ...changes }));
    }

    add(subject: Subject): this {
        this.subjects.push(subject);
        return this;
    }

    remove(type: string, name?: string): this {
        this.subjects.splice(this.indexOf(type, name), 1);
        return this;
    }

    private replace(
        type: string,
        name: string | undefined,
        change: (subject: Subject) => Subject,
    ): this {
        const index = this.indexOf(type, name);
        this.subjects[index] = change(this.subjects[index] as Subject);
        return this;
    }

    private indexOf(type: string, name: string | undefined): number {
        const index = this.subjects.findIndex(
            (subject) => subject.type === type && (name === undefined || subject.name === name),
        );
        if (index < 0) {
            throw new Error(`there is no ${type} ${name ?? ""}`);
        }
        return index;
    }
}

function assign(tree: Tree, [first = "", ...rest]: readonly string[], value: unknown): void {
    if (rest.length > 0) {
        tree[first] ??= {};
        assign(tree[first] as Tree, rest, value);
    } else if (value === undefined) {
        delete tree[first];
    } else {
        tree[first] = value;
    }
}
