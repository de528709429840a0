import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
    RegisterResourceResponse,
    ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ProviderError } from "./errors";
import { Properties } from "./values";

/** A resource as the engine answers its registration. */
export interface Registered {
    readonly urn: string;
    /** Empty for a component, and in a preview. */
    readonly id: string;
    /** Its state, with secret marks. */
    readonly outputs: Properties;
}

/**
 * The engine's resource monitor, by which a component registers itself and its children.
 *
 * Spoken to directly rather than through the Pulumi SDK: the SDK keeps the run it belongs to in the state of the
 * process, and treats an engine that goes away as the end of the process, while the simulation outlives its engines.
 */
export class Monitor {
    private readonly client: ResourceMonitorClient;

    constructor(endpoint: string) {
        this.client = new ResourceMonitorClient(endpoint, grpc.credentials.createInsecure(), {
            // Kubeconfigs and states are larger than gRPC's default of 4 MiB allows for.
            "grpc.max_receive_message_length": 1024 * 1024 * 400,
        });
    }

    async register(request: RegisterResourceRequest): Promise<Registered> {
        request.setAcceptsecrets(true);
        request.setAcceptresources(true);
        request.setSupportspartialvalues(true);
        const response = await new Promise<RegisterResourceResponse>((resolve, reject) =>
            this.client.registerResource(request, settle(resolve, reject)),
        );
        return {
            urn: response.getUrn(),
            id: response.getId(),
            outputs: response.getObject()?.toJavaScript() ?? {},
        };
    }

    async registerOutputs(urn: string, outputs: Properties): Promise<void> {
        const request = new RegisterResourceOutputsRequest();
        request.setUrn(urn);
        request.setOutputs(Struct.fromJavaScript(outputs));
        await new Promise((resolve, reject) =>
            this.client.registerResourceOutputs(request, settle(resolve, reject)),
        );
    }

    /** Calls a function through the engine. */
    async invoke(token: string, args: Properties, provider = ""): Promise<Properties> {
        const request = new ResourceInvokeRequest();
        request.setTok(token);
        request.setArgs(Struct.fromJavaScript(args));
        request.setProvider(provider);
        request.setAcceptresources(true);
        const response = await new Promise<InvokeResponse>((resolve, reject) =>
            this.client.invoke(request, settle(resolve, reject)),
        );
        const [failure] = response.getFailuresList();
        if (failure) {
            throw new ProviderError(`${token}: ${failure.getReason()}`);
        }
        return response.getReturn()?.toJavaScript() ?? {};
    }

    /** State of a registered resource: what the SDK reads behind a reference. */
    async stateOf(urn: string): Promise<Properties> {
        const result = await this.invoke("pulumi:pulumi:getResource", { urn });
        return (result.state ?? {}) as Properties;
    }

    close(): void {
        this.client.close();
    }
}

function settle<Response>(
    resolve: (response: Response) => void,
    reject: (error: Error) => void,
): (error: grpc.ServiceError | null, response: Response) => void {
    return (error, response) =>
        error ? reject(new ProviderError(error.details)) : resolve(response);
}
