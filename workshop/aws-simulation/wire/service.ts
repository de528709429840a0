import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { serviceError } from "./errors";
import { Properties } from "./values";

/** Inputs that do not pass, each with its reason. */
export interface CheckResult {
    readonly inputs: Properties;
    readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** Either the function's result or why its arguments do not pass. */
export interface InvokeResult {
    readonly outputs: Properties;
    readonly failures: CheckResult["failures"];
}

export interface DiffResult {
    /** Kind of change by path. */
    readonly details: ReadonlyMap<string, proto.PropertyDiff.Kind>;
    /** Top-level properties that changed. */
    readonly changed: readonly string[];
    /** Those of them that need a replacement. */
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

/** Which resource a request is about. */
export interface Subject {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    /** The connection it came by, which stands for one configured provider. */
    readonly peer: string;
}

/** What a simulated package answers to the engine. Properties carry secret marks, in and out. */
export interface PackageProvider {
    readonly name: string;
    readonly version: string;
    /**
     * Whether inputs may hold references to resources and Outputs, or ids and values in their place. A provider that is
     * a Node.js program takes both.
     */
    readonly acceptsResources: boolean;
    checkConfig(inputs: Properties): CheckResult;
    configure(peer: string, config: Properties): void;
    check(
        subject: Subject,
        olds: Properties | undefined,
        news: Properties,
        seed: Uint8Array,
    ): CheckResult;
    diff(subject: Subject, olds: Properties, news: Properties): DiffResult;
    create(
        subject: Subject,
        inputs: Properties,
        preview: boolean,
    ): Promise<{ id: string; outputs: Properties }>;
    read(
        subject: Subject,
        state: Properties,
        inputs: Properties,
    ): Promise<{ id: string; outputs: Properties; inputs: Properties } | undefined>;
    update(
        subject: Subject,
        olds: Properties,
        news: Properties,
        preview: boolean,
    ): Promise<Properties>;
    delete(subject: Subject): Promise<void>;
    invoke(token: string, args: Properties): Promise<InvokeResult>;
    construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse>;
    call(token: string, args: Properties): Promise<Properties>;
    /** The engine is shutting down: end what is under way. */
    cancel(): void;
}

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** Turns an answer, or the error in its place, into gRPC's callback form. */
function unary<Request, Response>(
    answer: (request: Request, peer: string) => Promise<Response> | Response,
): Unary<Request, Response> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => answer(call.request, call.getPeer()))
            .then(
                (response) => callback(null, response),
                (error: unknown) => callback(serviceError(error)),
            );
    };
}

function properties(struct: Struct | undefined): Properties {
    return struct?.toJavaScript() ?? {};
}

interface Named {
    getUrn(): string;
    getId?: () => string;
}

/** urn:pulumi:stack::project::parent$type::name */
function subject(request: Named, peer: string): Subject {
    const [, , qualified = "", ...name] = request.getUrn().split("::");
    const type = qualified.split("$").pop() ?? "";
    return { type, name: name.join("::"), id: request.getId?.() ?? "", peer };
}

function checkResponse({ inputs, failures }: CheckResult): proto.CheckResponse {
    const response = new proto.CheckResponse();
    response.setInputs(Struct.fromJavaScript(inputs));
    response.setFailuresList(failures.map(checkFailure));
    return response;
}

function checkFailure({ property, reason }: CheckResult["failures"][number]): proto.CheckFailure {
    const failure = new proto.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    return failure;
}

function diffResponse(result: DiffResult): proto.DiffResponse {
    const response = new proto.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    response.setChanges(result.changed.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setDiffsList([...result.changed]);
    response.setReplacesList([...result.replaces]);
    response.setDeletebeforereplace(result.deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const [path, kind] of result.details) {
        const detail = new proto.PropertyDiff();
        detail.setKind(kind);
        detail.setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}

const NOTHING = new Empty();

/** How the provider is asked what it is and how it is set up. */
function lifecycleHandlers(provider: PackageProvider): Partial<grpc.UntypedServiceImplementation> {
    return {
        attach: unary(() => NOTHING),
        cancel: unary(() => {
            provider.cancel();
            return NOTHING;
        }),
        getPluginInfo: unary(() => {
            const info = new PluginInfo();
            info.setVersion(provider.version);
            return info;
        }),
        getSchema: unary(() => {
            const response = new proto.GetSchemaResponse();
            const { name, version } = provider;
            response.setSchema(JSON.stringify({ name, version }));
            return response;
        }),
        checkConfig: unary((request: proto.CheckRequest) =>
            checkResponse(provider.checkConfig(properties(request.getNews()))),
        ),
        diffConfig: unary(() => new proto.DiffResponse()),
        configure: unary((request: proto.ConfigureRequest, peer) => {
            provider.configure(peer, properties(request.getArgs()));
            const response = new proto.ConfigureResponse();
            response.setAcceptsecrets(true);
            response.setSupportspreview(true);
            response.setAcceptresources(provider.acceptsResources);
            response.setAcceptoutputs(provider.acceptsResources);
            return response;
        }),
    };
}

/** Resources. */
function resourceHandlers(provider: PackageProvider): Partial<grpc.UntypedServiceImplementation> {
    return {
        check: unary((request: proto.CheckRequest, peer) => {
            const olds = request.hasOlds() ? properties(request.getOlds()) : undefined;
            return checkResponse(
                provider.check(
                    subject(request, peer),
                    olds,
                    properties(request.getNews()),
                    request.getRandomseed_asU8(),
                ),
            );
        }),
        diff: unary((request: proto.DiffRequest, peer) =>
            diffResponse(
                provider.diff(
                    subject(request, peer),
                    properties(request.getOldInputs()),
                    properties(request.getNews()),
                ),
            ),
        ),
        create: unary(async (request: proto.CreateRequest, peer) => {
            const { id, outputs } = await provider.create(
                subject(request, peer),
                properties(request.getProperties()),
                request.getPreview(),
            );
            const response = new proto.CreateResponse();
            response.setId(id);
            response.setProperties(Struct.fromJavaScript(outputs));
            return response;
        }),
        update: unary(async (request: proto.UpdateRequest, peer) => {
            const response = new proto.UpdateResponse();
            const outputs = await provider.update(
                subject(request, peer),
                properties(request.getOlds()),
                properties(request.getNews()),
                request.getPreview(),
            );
            response.setProperties(Struct.fromJavaScript(outputs));
            return response;
        }),
        read: unary(async (request: proto.ReadRequest, peer) => {
            const response = new proto.ReadResponse();
            const found = await provider.read(
                subject(request, peer),
                properties(request.getProperties()),
                properties(request.getInputs()),
            );
            if (found) {
                response.setId(found.id);
                response.setProperties(Struct.fromJavaScript(found.outputs));
                response.setInputs(Struct.fromJavaScript(found.inputs));
            }
            return response;
        }),
        delete: unary(async (request: proto.DeleteRequest, peer) => {
            await provider.delete(subject(request, peer));
            return NOTHING;
        }),
    };
}

/** Functions and components. */
function functionHandlers(provider: PackageProvider): Partial<grpc.UntypedServiceImplementation> {
    return {
        invoke: unary(async (request: proto.InvokeRequest) => {
            const result = await provider.invoke(request.getTok(), properties(request.getArgs()));
            const response = new proto.InvokeResponse();
            response.setReturn(Struct.fromJavaScript(result.outputs));
            response.setFailuresList(result.failures.map(checkFailure));
            return response;
        }),
        construct: unary((request: proto.ConstructRequest) => provider.construct(request)),
        call: unary(async (request: proto.CallRequest) => {
            const response = new proto.CallResponse();
            const result = await provider.call(request.getTok(), properties(request.getArgs()));
            response.setReturn(Struct.fromJavaScript(result));
            return response;
        }),
    };
}

/** The gRPC service of one simulated package; what it lacks is answered UNIMPLEMENTED, which the engine expects. */
export function providerService(provider: PackageProvider): grpc.UntypedServiceImplementation {
    return {
        ...lifecycleHandlers(provider),
        ...resourceHandlers(provider),
        ...functionHandlers(provider),
    } as grpc.UntypedServiceImplementation;
}
