import { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { AccountResource, SimulatedAccount } from "./account";
import { Calls, Fate, Operation } from "./calls";
import { diffInputs, isRevised, sentInputs } from "./diff";
import { Effects } from "./node-effects";
import { decodedConfig, DEFAULTS, defaultsOf, withAutoName, withDocumentsAsText } from "./inputs";
import { invokeFunction } from "./invokes";
import {
    autoNameOf,
    mergeTags,
    newId,
    outputsOf,
    partsOf,
    plannedOutputs,
    rowOf,
    titleOf,
    markedOutputs,
} from "./resources";
import { writeOnceMore } from "./late-logs";
import { refusals } from "./rules";
import { inUse } from "./rules/network";
import { Rule } from "./rules/rule";
import { catalogueOf } from "./shapes/catalogue";
import { ObjectShape } from "./shapes/shape";
import { misfits } from "./shapes/validate";
import { InitializationError, ProviderError } from "./wire/errors";
import { CheckResult, DiffResult, InvokeResult, PackageProvider, Subject } from "./wire/service";
import { isObject, plainProperties, Properties, secretsLike, UNKNOWN, Value } from "./wire/values";

/** Stands in for the `aws` provider: the published types, the simulated account, and AWS's refusals. */
export class AwsProvider implements PackageProvider {
    public readonly name = "aws";
    public readonly version = catalogueOf("aws").version;
    public readonly acceptsResources = false;
    private readonly defaultTags = new Map<string, Properties>();
    private lastDefaultTags: Properties = {};

    constructor(
        private readonly account: SimulatedAccount,
        private readonly calls: Calls,
        private readonly effects?: Effects,
    ) {}

    checkConfig(inputs: Properties): CheckResult {
        const shape = catalogueOf("aws").providerInputs();
        const config = decodedConfig(inputs, shape);
        const failures = misfits(config, shape);
        const { region } = config;
        if (region !== undefined && region !== UNKNOWN && region !== this.account.region) {
            failures.push({
                property: "region",
                reason: `the simulated account is in ${this.account.region}`,
            });
        }
        return { inputs, failures };
    }

    configure(peer: string, config: Properties): void {
        const { defaultTags } = decodedConfig(config, catalogueOf("aws").providerInputs());
        const tags = isObject(defaultTags) && isObject(defaultTags.tags) ? defaultTags.tags : {};
        this.defaultTags.set(peer, tags);
        this.lastDefaultTags = tags;
    }

    check(
        subject: Subject,
        olds: Properties | undefined,
        news: Properties,
        seed: Uint8Array,
    ): CheckResult {
        const { type, name } = subject;
        const shape = this.shapeOf(type);
        const { call } = this.begin("check", subject, news, false);
        const failures: { property: string; reason: string }[] = misfits(call.inputs, shape);
        const documents = withDocumentsAsText(news, shape);
        const random = Buffer.from(seed).toString("hex") || this.account.nextSeed();
        const inputs = withAutoName(type, name, documents, { olds, seed: random, shape });
        if (failures.length === 0) {
            const context = { account: this.account, inputs: plainProperties(inputs) };
            const refused = refusals(type, "check", context);
            failures.push(...refused.map((reason) => ({ property: "", reason })));
        }
        return { inputs, failures };
    }

    diff(subject: Subject, olds: Properties, news: Properties): DiffResult {
        const { type } = subject;
        this.begin("diff", subject, news, false);
        const auto = autoNameOf(type, this.shapeOf(type));
        const named = auto !== undefined && !defaultsOf(news).includes(auto.property);
        return diffInputs(type, plainProperties(olds), plainProperties(news), named);
    }

    async create(
        subject: Subject,
        inputs: Properties,
        preview: boolean,
    ): Promise<{ id: string; outputs: Properties }> {
        const { type, name } = subject;
        const { call, fate } = this.begin("create", subject, inputs, preview);
        if (preview) {
            const tags = mergeTags(this.tagsOf(subject), call.inputs);
            const planned = plannedOutputs(type, call.inputs, tags);
            return { id: "", outputs: markedOutputs(type, planned, inputs) };
        }
        this.refuse(subject, "create", fate, { inputs: call.inputs }, `creating`);
        const context = { account: this.account, name, inputs: call.inputs, revision: 1 };
        const seed = this.account.nextSeed();
        const id = newId(type, { ...context, seed });
        const resource = { type, id, name, seed, revision: 1, inputs: call.inputs };
        const plainOutputs = outputsOf(resource, this.account, this.tagsOf(subject));
        const added = { ...resource, outputs: plainOutputs };
        this.account.add(added);
        await this.effects?.settled(added);
        const outputs = markedOutputs(type, plainOutputs, inputs);
        const failure = await fate.settle();
        call.finishedAt = Date.now();
        if (failure !== undefined) {
            throw new InitializationError(failure, id, outputs, inputs);
        }
        return { id, outputs };
    }

    read(
        subject: Subject,
        state: Properties,
        inputs: Properties,
    ): Promise<{ id: string; outputs: Properties; inputs: Properties } | undefined> {
        const { type, id } = subject;
        const { fate } = this.begin("read", subject, inputs, false);
        this.refuse(subject, "read", fate, undefined, "reading");
        const resource = this.account.get(type, id);
        if (!resource) {
            return Promise.resolve(undefined);
        }
        return Promise.resolve({
            id,
            outputs: secretsLike(
                markedOutputs(type, resource.outputs, inputs),
                state,
            ) as Properties,
            inputs: secretsLike(resource.inputs, inputs) as Properties,
        });
    }

    async update(
        subject: Subject,
        olds: Properties,
        news: Properties,
        preview: boolean,
    ): Promise<Properties> {
        const { type } = subject;
        const { call, fate } = this.begin("update", subject, news, preview);
        if (preview) {
            const names = isRevised(this.account.get(type, subject.id)?.inputs ?? {}, call.inputs)
                ? rowOf(type).revised
                : [];
            const revised = (names ?? []).map((name) => [name, UNKNOWN] as const);
            const planned: Properties = {
                ...plainProperties(olds),
                ...call.inputs,
                ...Object.fromEntries<Value>(revised),
            };
            delete planned[DEFAULTS];
            return markedOutputs(type, planned, news);
        }
        const resource = this.existing(subject);
        const inputs = sentInputs(type, plainProperties(olds), call.inputs, resource.inputs);
        this.refuse(subject, "update", fate, { inputs, olds: resource.inputs }, "updating");
        resource.revision += isRevised(resource.inputs, inputs) ? 1 : 0;
        resource.inputs = inputs;
        resource.outputs = outputsOf(resource, this.account, this.tagsOf(subject));
        await this.effects?.settled(resource);
        const outputs = markedOutputs(type, resource.outputs, news);
        const failure = await fate.settle();
        call.finishedAt = Date.now();
        if (failure !== undefined) {
            throw new InitializationError(failure, resource.id, outputs, news);
        }
        return outputs;
    }

    async delete(subject: Subject): Promise<void> {
        const { type, id } = subject;
        const resource = this.account.get(type, id);
        const { call, fate } = this.begin("delete", subject, resource?.inputs ?? {}, false);
        if (!resource) {
            return;
        }
        this.refuse(subject, "delete", fate, { inputs: resource.inputs }, "deleting");
        const held = inUse(resource, this.account.resources.values());
        if (held !== undefined) {
            throw new ProviderError(`deleting ${titleOf(type)} (${id}): ${held}`);
        }
        const failure = await fate.settle();
        if (failure !== undefined) {
            throw new ProviderError(`deleting ${titleOf(type)} (${id}): ${failure}`);
        }
        await this.effects?.removed(resource);
        this.account.remove(type, id);
        for (const part of partsOf(resource, this.account.resources.values())) {
            this.account.remove(part.type, part.id);
        }
        writeOnceMore(resource, this.account);
        call.finishedAt = Date.now();
    }

    async invoke(token: string, args: Properties): Promise<InvokeResult> {
        const shape = catalogueOf("aws").argumentsOf(token);
        if (!shape) {
            throw new ProviderError(`unknown function '${token}'`);
        }
        const inputs = plainProperties(args);
        const { fate } = this.calls.begin({
            operation: "invoke",
            type: token,
            name: "",
            id: "",
            inputs,
            preview: false,
        });
        const failure = fate.refusal() ?? (await fate.settle());
        if (failure !== undefined) {
            throw new ProviderError(failure);
        }
        const failures = misfits(inputs, shape);
        const outputs = failures.length > 0 ? {} : invokeFunction(token, inputs, this.account);
        return { outputs, failures };
    }

    construct(): Promise<ConstructResponse> {
        return Promise.reject(new ProviderError("the aws package has no components"));
    }

    call(token: string): Promise<Properties> {
        return Promise.reject(new ProviderError(`unknown method '${token}'`));
    }

    cancel(): void {
        this.calls.interrupt();
    }

    private shapeOf(type: string): ObjectShape {
        const shape = catalogueOf("aws").inputsOf(type);
        if (!shape) {
            throw new ProviderError(`unknown resource type '${type}'`);
        }
        return shape;
    }

    private existing({ type, id }: Subject): AccountResource {
        const resource = this.account.get(type, id);
        if (!resource) {
            throw new ProviderError(`updating ${titleOf(type)} (${id}): couldn't find resource`);
        }
        return resource;
    }

    private begin(
        operation: Operation,
        { type, name, id }: Subject,
        inputs: Properties,
        preview: boolean,
    ): ReturnType<Calls["begin"]> {
        return this.calls.begin({
            operation,
            type,
            name,
            id,
            preview,
            inputs: plainProperties(inputs),
        });
    }

    private refuse(
        { type, name, id }: Subject,
        at: Rule["at"] | "read",
        fate: Fate,
        context: { readonly inputs: Properties; readonly olds?: Properties } | undefined,
        doing: string,
    ): void {
        const ruled =
            context && at !== "read"
                ? refusals(type, at, { account: this.account, ...context })
                : [];
        const refusal = fate.refusal() ?? ruled[0];
        if (refusal !== undefined) {
            throw new ProviderError(`${doing} ${titleOf(type)} (${id || name}): ${refusal}`);
        }
    }

    private tagsOf({ peer }: Subject): Properties {
        return this.defaultTags.get(peer) ?? this.lastDefaultTags;
    }
}
