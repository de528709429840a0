import { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Calls } from "./calls";
import { Component, Construct } from "./components/component";
import { catalogueOf } from "./shapes/catalogue";
import { misfits } from "./shapes/validate";
import { ProviderError } from "./wire/errors";
import { CheckResult, InvokeResult, PackageProvider } from "./wire/service";
import { Properties, plainProperties, unsealed } from "./wire/values";

/** Stands in for a package that has components only: `awsx` or `eks`. */
export class ComponentProvider implements PackageProvider {
    public readonly version: string;
    public readonly acceptsResources = true;

    /**
     * @param name of the package.
     * @param components by type token.
     * @param methods of components by token, such as `eks:index:Cluster/getKubeconfig`.
     */
    constructor(
        public readonly name: string,
        private readonly calls: Calls,
        private readonly components: Readonly<Record<string, Construct>>,
        private readonly methods: Readonly<Record<string, (args: Properties) => Properties>> = {},
    ) {
        this.version = catalogueOf(name).version;
    }

    checkConfig(inputs: Properties): CheckResult {
        return { inputs, failures: [] };
    }

    configure(): void {
        // Neither package has a setting that the simulation heeds.
    }

    async construct(request: ConstructRequest): Promise<ConstructResponse> {
        const type = request.getType();
        const inputs = request.getInputs()?.toJavaScript() ?? {};
        const { call, fate } = this.calls.begin({
            operation: "construct",
            type,
            name: request.getName(),
            id: "",
            inputs: plainProperties(inputs),
            preview: request.getDryrun(),
        });
        const failure = fate.refusal() ?? this.problem(type, inputs) ?? (await fate.settle());
        const construct = this.components[type];
        if (failure !== undefined || !construct) {
            throw new ProviderError(failure ?? `the AWS simulation does not construct '${type}'`);
        }
        const response = await Component.run(request, construct);
        call.finishedAt = Date.now();
        return response;
    }

    call(token: string, args: Properties): Promise<Properties> {
        const method = this.methods[token];
        return method
            ? Promise.resolve(method(plainProperties(args)))
            : Promise.reject(new ProviderError(`unknown method '${token}'`));
    }

    check(): CheckResult {
        throw this.onlyComponents();
    }

    diff(): never {
        throw this.onlyComponents();
    }

    create(): Promise<never> {
        return Promise.reject(this.onlyComponents());
    }

    read(): Promise<never> {
        return Promise.reject(this.onlyComponents());
    }

    update(): Promise<never> {
        return Promise.reject(this.onlyComponents());
    }

    delete(): Promise<never> {
        return Promise.reject(this.onlyComponents());
    }

    invoke(token: string): Promise<InvokeResult> {
        return Promise.reject(
            new ProviderError(`the AWS simulation has no answer for the function '${token}'`),
        );
    }

    cancel(): void {
        this.calls.interrupt();
    }

    /** How the inputs do not fit the published type. */
    private problem(type: string, inputs: Properties): string | undefined {
        const shape = catalogueOf(this.name).inputsOf(type);
        if (!shape) {
            return `unknown component type '${type}'`;
        }
        const found = misfits(unsealed(inputs), shape);
        return found.length === 0
            ? undefined
            : `${type} ${found.map(({ property, reason }) => `${property}: ${reason}`).join("; ")}`;
    }

    private onlyComponents(): ProviderError {
        return new ProviderError(`the ${this.name} package has components only`);
    }
}
