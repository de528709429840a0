import * as grpc from "@grpc/grpc-js";
import {
    ConstructRequest,
    ConstructResponse,
    InvokeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    RegisterResourceRequest,
    RegisterResourceResponse,
    ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Properties } from "../../../../workshop/aws-simulation/wire/values";
import { AwsSimulation } from "../../../../workshop/aws-simulation";
import { Client, urn } from "./client";

export interface Registration {
    readonly type: string;
    readonly name: string;
    readonly parent: string;
    readonly urn: string;
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
    readonly dependencies: readonly string[];
}

/** As much of the engine's resource monitor as a component needs: it creates what is registered, at once. */
export class Engine {
    public readonly registrations: Registration[] = [];
    private readonly server = new grpc.Server();
    private readonly aws: Client;
    private readonly components: { awsx: Client; eks: Client };
    private endpoint = "";

    private constructor({ ports }: AwsSimulation) {
        this.aws = new Client(ports.aws);
        this.components = { awsx: new Client(ports.awsx), eks: new Client(ports.eks) };
    }

    static async start(simulation: AwsSimulation): Promise<Engine> {
        const engine = new Engine(simulation);
        engine.server.addService(ResourceMonitorService, {
            registerResource: unary((request: RegisterResourceRequest) => engine.register(request)),
            registerResourceOutputs: unary(() => new Empty()),
            invoke: unary((request: ResourceInvokeRequest) => engine.invoke(request)),
        });
        const credentials = grpc.ServerCredentials.createInsecure();
        const port = await new Promise<number>((resolve, reject) =>
            engine.server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
                error ? reject(error) : resolve(bound),
            ),
        );
        engine.endpoint = `127.0.0.1:${port}`;
        return engine;
    }

    stop(): void {
        this.server.forceShutdown();
        [this.aws, this.components.awsx, this.components.eks].forEach((client) => client.close());
    }

    /** Has a component constructed; gives its outputs, with the URNs that each comes from. */
    async construct(
        type: string,
        name: string,
        inputs: Properties,
        dryRun = false,
    ): Promise<{ outputs: Properties; dependenciesOf: (output: string) => string[] }> {
        const request = new ConstructRequest();
        request.setType(type);
        request.setName(name);
        request.setMonitorendpoint(this.endpoint);
        request.setInputs(Struct.fromJavaScript(inputs));
        request.setDryrun(dryRun);
        const client = type.startsWith("awsx:") ? this.components.awsx : this.components.eks;
        const response: ConstructResponse = await client.construct(request);
        return {
            outputs: response.getState()?.toJavaScript() ?? {},
            dependenciesOf: (output) =>
                response.getStatedependenciesMap().get(output)?.getUrnsList() ?? [],
        };
    }

    /** Registrations of a type. */
    ofType(type: string): Registration[] {
        return this.registrations.filter((one) => one.type === type);
    }

    private async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
        const [type, name] = [request.getType(), request.getName()];
        const news = request.getObject()?.toJavaScript() ?? {};
        const made = request.getCustom()
            ? await this.aws.make(type, news, name)
            : { id: "", inputs: news, outputs: {} };
        const registration = {
            ...made,
            type,
            name,
            parent: request.getParent(),
            urn: urn(type, name),
            dependencies: request.getDependenciesList(),
        };
        this.registrations.push(registration);
        const response = new RegisterResourceResponse();
        response.setUrn(registration.urn);
        response.setId(made.id);
        response.setObject(Struct.fromJavaScript(made.outputs));
        return response;
    }

    private async invoke(request: ResourceInvokeRequest): Promise<InvokeResponse> {
        const args = request.getArgs()?.toJavaScript() ?? {};
        const result =
            request.getTok() === "pulumi:pulumi:getResource"
                ? { state: this.registrations.find((one) => one.urn === args.urn)?.outputs ?? {} }
                : await this.aws.invoke(request.getTok(), args);
        const response = new InvokeResponse();
        response.setReturn(Struct.fromJavaScript(result));
        return response;
    }
}

function unary<Request, Response>(
    answer: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => answer(call.request))
            .then(
                (response) => callback(null, response),
                (error: unknown) => callback({ code: grpc.status.UNKNOWN, details: String(error) }),
            );
    };
}
