import { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { catalogueOf } from "../shapes/catalogue";
import { Monitor, Registered } from "../wire/monitor";
import {
    canonicalJson,
    containsOutput,
    containsSecret,
    isOutput,
    isSecret,
    plain,
    plainProperties,
    Properties,
    referencedUrn,
    resourceReference,
    secret,
    UNKNOWN,
    Value,
    withoutOutputs,
} from "../wire/values";
import { Input, Linked, urnsOf, valueOf, valuesOf } from "./linked";

/** A child of a component. */
export class Child {
    constructor(private readonly registered: Registered) {}

    get urn(): string {
        return this.registered.urn;
    }

    get id(): Linked {
        return new Linked(this.registered.id || UNKNOWN, [this.urn]);
    }

    /** The child itself, as an output that is a resource. */
    get reference(): Linked {
        return new Linked(resourceReference(this.urn, this.registered.id), [this.urn]);
    }

    /** One of its outputs, unknown while the child is yet to be created. */
    output(property: string): Linked {
        const absent = this.registered.id ? null : UNKNOWN;
        return new Linked(this.registered.outputs[property] ?? absent, [this.urn]);
    }
}

/** What the program gave for one property. */
interface Argument {
    readonly linked: Linked;
    readonly isOutput: boolean;
}

/**
 * Which arguments are Outputs to the component: what the program passed as one, secrets, and what comes from resources
 * other than those it refers to.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/provider/server.ts (`deserializeInputs`)
 */
function argumentsOf(request: ConstructRequest): ReadonlyMap<string, Argument> {
    const given = Object.entries(request.getInputs()?.toJavaScript() ?? {}) as [string, Value][];
    return new Map(
        given
            .filter(([, value]) => value !== null)
            .map(([property, value]) => {
                const listed = request.getInputdependenciesMap().get(property)?.getUrnsList() ?? [];
                const { value: inner, urns } = withoutOutputs(value);
                const isPlain =
                    containsOutput(value) ||
                    listed.length === 0 ||
                    referencedUrn(value) !== undefined;
                return [
                    property,
                    {
                        linked: new Linked(inner, [...new Set([...listed, ...urns])]),
                        isOutput: isOutput(value) || isSecret(value) || !isPlain,
                    },
                ];
            }),
    );
}

export interface ChildOptions {
    /** Parent's URN; the component's by default. */
    readonly parent?: string;
    readonly dependsOn?: readonly (Child | undefined)[];
    readonly ignoreChanges?: readonly string[];
}

/** What a simulated component does: registers children and says what it puts out. */
export type Construct = (component: Component) => Promise<Record<string, Input>>;

/** One component under construction. */
export class Component {
    private urn = "";
    private readonly inputs: ReadonlyMap<string, Argument>;

    private constructor(
        private readonly request: ConstructRequest,
        private readonly monitor: Monitor,
    ) {
        this.inputs = argumentsOf(request);
    }

    /** Runs a construction: the component, its children, its outputs. */
    static async run(request: ConstructRequest, construct: Construct): Promise<ConstructResponse> {
        const monitor = new Monitor(request.getMonitorendpoint());
        try {
            const component = new Component(request, monitor);
            await component.registerItself();
            return await component.finish(await construct(component));
        } finally {
            monitor.close();
        }
    }

    get name(): string {
        return this.request.getName();
    }

    /** Whether the engine previews, so that ids are unknown. */
    get preview(): boolean {
        return this.request.getDryrun();
    }

    /** An input with its dependencies; undefined when the program did not give it. */
    input(property: string): Linked | undefined {
        return this.inputs.get(property)?.linked;
    }

    /** An input as a component in TypeScript has it: an Output or a plain value, which are spread differently. */
    argument(property: string): Linked | Value | undefined {
        const found = this.inputs.get(property);
        return found?.isOutput ? found.linked : found?.linked.value;
    }

    /** An input that decides the component's shape, so that it must be known; without secret marks. */
    plainInput(property: string): Value | undefined {
        const found = this.inputs.get(property);
        return found && plain(found.linked.value);
    }

    /** All inputs, without secret marks. */
    everyInput(): Properties {
        const given = [...this.inputs].map(([property, { linked }]) => [property, linked.value]);
        return plainProperties(Object.fromEntries(given) as Properties);
    }

    /** A property of a resource that the program passed in. */
    async propertyOf(input: Linked, property: string): Promise<Linked> {
        const urn = referencedUrn(input.value);
        const state = urn === undefined ? {} : await this.monitor.stateOf(urn);
        return new Linked(state[property] ?? UNKNOWN, urn === undefined ? input.urns : [urn]);
    }

    async child(
        type: string,
        name: string,
        inputs: Readonly<Record<string, Input>>,
        options: ChildOptions = {},
    ): Promise<Child> {
        const request = this.childRequest(type, name, options);
        request.setCustom(true);
        request.setVersion(catalogueOf("aws").version);
        request.setProvider(this.request.getProvidersMap().get("aws") ?? "");
        request.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
        request.setObject(Struct.fromJavaScript(valuesOf(inputs)));
        const dependencies = new Set(
            (options.dependsOn ?? []).flatMap((child) => child?.urn ?? []),
        );
        for (const [property, input] of Object.entries(inputs)) {
            const urns = new RegisterResourceRequest.PropertyDependencies();
            urns.setUrnsList([...new Set(urnsOf(input))]);
            request.getPropertydependenciesMap().set(property, urns);
            urns.getUrnsList().forEach((urn) => dependencies.add(urn));
        }
        request.setDependenciesList([...dependencies]);
        return new Child(await this.monitor.register(request));
    }

    /** A component inside this one, such as the role component of an EKS cluster. */
    async group(type: string, name: string): Promise<string> {
        const { urn } = await this.monitor.register(this.childRequest(type, name, {}));
        return urn;
    }

    /** A function of the `aws` package. */
    invoke(token: string, args: Properties): Promise<Properties> {
        const provider = this.request.getProvidersMap().get("aws");
        return this.monitor.invoke(token, args, provider);
    }

    private childRequest(
        type: string,
        name: string,
        options: ChildOptions,
    ): RegisterResourceRequest {
        const request = new RegisterResourceRequest();
        request.setType(type);
        request.setName(name);
        request.setParent(options.parent ?? this.urn);
        request.setDeletedwith(this.request.getDeletedwith());
        if (this.request.hasProtect()) {
            request.setProtect(this.request.getProtect() ?? false);
        }
        if (this.request.hasRetainondelete()) {
            request.setRetainondelete(this.request.getRetainondelete() ?? false);
        }
        return request;
    }

    /** Without inputs: neither package's components hand theirs to the engine. */
    private async registerItself(): Promise<void> {
        const request = this.childRequest(this.request.getType(), this.name, {});
        request.setParent(this.request.getParent());
        request.setDependenciesList(this.request.getDependenciesList());
        request.setAliasesList(this.request.getAliasesList());
        request.setAliasspecs(true);
        for (const [pkg, reference] of this.request.getProvidersMap().entries()) {
            request.getProvidersMap().set(pkg, reference);
        }
        this.urn = (await this.monitor.register(request)).urn;
    }

    private async finish(outputs: Record<string, Input>): Promise<ConstructResponse> {
        const state = valuesOf(outputs);
        await this.monitor.registerOutputs(this.urn, state);
        const response = new ConstructResponse();
        response.setUrn(this.urn);
        response.setState(Struct.fromJavaScript(state));
        for (const [property, output] of Object.entries(outputs)) {
            const dependencies = new ConstructResponse.PropertyDependencies();
            dependencies.setUrnsList([...new Set(urnsOf(output))]);
            response.getStatedependenciesMap().set(property, dependencies);
        }
        return response;
    }
}

/** A JSON text of a value that may hold secrets or unknowns. */
export function jsonOf(input: Input): Linked {
    const value = valueOf(input) ?? null;
    const text = canonicalJson(plain(value));
    const known = text.includes(UNKNOWN) ? UNKNOWN : text;
    return new Linked(containsSecret(value) ? secret(known) : known, urnsOf(input));
}
