import * as grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
    GetRootResourceResponse,
    LogRequest,
    LogSeverity,
    SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { SupportsFeatureRequest, SupportsFeatureResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { CapturedResource } from "../plan/evaluation";
import { recordRegistrations } from "../plan/recorder";
import { simulatedProviders } from "../plan/simulated-outputs";
import type { StackConfiguration } from "../plan/stack-configuration";

type Answer = (error: unknown, response?: unknown) => void;
type Method = (request: unknown, answer: Answer) => unknown;

/** Kubeconfigs and dashboards are larger than gRPC's default of 4 MiB may allow for. */
const LIMITS = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

// The engine has more; the SDK leaves out what it is told not to use.
const MISSING_FEATURES = ["outputValues"];

/** Stands in for Pulumi's engine over gRPC, with the SDK's mock monitor, so that a program can run as it does below it. */
export class Engine {
    private constructor(
        private readonly server: grpc.Server,
        readonly address: string,
        /** What the program has registered so far. */
        readonly resources: readonly CapturedResource[],
    ) {}

    /** One at a time: the mock monitor is state of the process. */
    static async start({ project }: StackConfiguration, stack: string): Promise<Engine> {
        await pulumi.runtime.setMocks(simulatedProviders(), project, stack, false, "organization");
        const { resources } = recordRegistrations();
        const server = new grpc.Server(LIMITS);
        serve(server, ResourceMonitorService, monitorMethods());
        serve(server, EngineService, ENGINE_METHODS);
        const credentials = grpc.ServerCredentials.createInsecure();
        const port = await new Promise<number>((resolve, reject) => {
            server.bindAsync("127.0.0.1:0", credentials, (failure, bound) => {
                return failure ? reject(failure) : resolve(bound);
            });
        });
        return new Engine(server, `127.0.0.1:${port}`, resources);
    }

    stop(): void {
        this.server.forceShutdown();
    }
}

function serve(server: grpc.Server, service: unknown, methods: Record<string, Method>): void {
    const handlers = Object.entries(methods).map(([name, method]) => [
        name,
        (call: { request: unknown }, answer: Answer) => void method(call.request, answer),
    ]);
    server.addService(
        service as grpc.ServiceDefinition,
        Object.fromEntries(handlers) as grpc.UntypedServiceImplementation,
    );
}

function monitorMethods(): Record<string, Method> {
    const mocks = pulumi.runtime.getMonitor() as unknown as Record<string, Method>;
    const forwarded = ["invoke", "call", "readResource", "registerResource", "registerPackage"];
    return {
        ...Object.fromEntries(
            forwarded.map((name): [string, Method] => [
                name,
                (request, answer) => mocks[name]?.(request, answer),
            ]),
        ),
        registerResourceOutputs: (request, answer) =>
            mocks.registerResourceOutputs?.(request, (failure) => answer(failure, new Empty())),
        supportsFeature: (request, answer) => {
            const feature = (request as SupportsFeatureRequest).getId();
            const response = new SupportsFeatureResponse();
            response.setHassupport(!MISSING_FEATURES.includes(feature));
            answer(null, response);
        },
        signalAndWaitForShutdown: (_, answer) => answer(null, new Empty()),
    };
}

const ENGINE_METHODS: Record<string, Method> = {
    log: (request, answer) => {
        const logged = request as LogRequest;
        if (logged.getSeverity() === LogSeverity.ERROR) {
            console.error(logged.getMessage());
        }
        answer(null, new Empty());
    },
    getRootResource: (_, answer) => answer(null, new GetRootResourceResponse()),
    setRootResource: (_, answer) => answer(null, new SetRootResourceResponse()),
};
