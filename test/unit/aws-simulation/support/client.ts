import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Properties } from "../../../../workshop/aws-simulation/wire/values";

type Reply<Response> = (error: grpc.ServiceError | null, response: Response) => void;

function answer<Response>(call: (reply: Reply<Response>) => unknown): Promise<Response> {
    return new Promise((resolve, reject) =>
        call((error, response) => (error ? reject(error) : resolve(response))),
    );
}

function read(struct: Struct | undefined): Properties {
    return struct?.toJavaScript() ?? {};
}

export interface Checked {
    readonly inputs: Properties;
    /** `property: reason`. */
    readonly failures: string[];
}

/** Speaks to a simulated provider as the engine does. */
export class Client {
    private readonly client: ResourceProviderClient;

    constructor(port: number) {
        const credentials = grpc.credentials.createInsecure();
        this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials);
    }

    close(): void {
        this.client.close();
    }

    async check(
        type: string,
        news: Properties,
        olds?: Properties,
        name = "example",
    ): Promise<Checked> {
        const request = new proto.CheckRequest();
        request.setUrn(urn(type, name));
        request.setNews(Struct.fromJavaScript(news));
        request.setOlds(olds && Struct.fromJavaScript(olds));
        const response = await answer<proto.CheckResponse>((reply) =>
            this.client.check(request, reply),
        );
        const failures = response.getFailuresList();
        return {
            inputs: read(response.getInputs()),
            failures: failures.map((one) => `${one.getProperty()}: ${one.getReason()}`),
        };
    }

    async create(
        type: string,
        inputs: Properties,
        options: { name?: string; preview?: boolean } = {},
    ): Promise<{ id: string; outputs: Properties }> {
        const request = new proto.CreateRequest();
        request.setUrn(urn(type, options.name ?? "example"));
        request.setProperties(Struct.fromJavaScript(inputs));
        request.setPreview(options.preview ?? false);
        const response = await answer<proto.CreateResponse>((reply) =>
            this.client.create(request, reply),
        );
        return { id: response.getId(), outputs: read(response.getProperties()) };
    }

    /** Check and create, as for a resource of a program. */
    async make(
        type: string,
        news: Properties,
        name?: string,
    ): Promise<{ id: string; inputs: Properties; outputs: Properties }> {
        const { inputs, failures } = await this.check(type, news, undefined, name);
        if (failures.length > 0) {
            throw new Error(failures.join("; "));
        }
        return { inputs, ...(await this.create(type, inputs, { name })) };
    }

    async diff(type: string, olds: Properties, news: Properties): Promise<proto.DiffResponse> {
        const request = new proto.DiffRequest();
        request.setUrn(urn(type, "example"));
        request.setOldInputs(Struct.fromJavaScript(olds));
        request.setNews(Struct.fromJavaScript(news));
        return answer((reply) => this.client.diff(request, reply));
    }

    async update(
        type: string,
        id: string,
        olds: Properties,
        news: Properties,
    ): Promise<Properties> {
        const request = new proto.UpdateRequest();
        request.setUrn(urn(type, "example"));
        request.setId(id);
        request.setOlds(Struct.fromJavaScript(olds));
        request.setNews(Struct.fromJavaScript(news));
        const response = await answer<proto.UpdateResponse>((reply) =>
            this.client.update(request, reply),
        );
        return read(response.getProperties());
    }

    async read(
        type: string,
        id: string,
        inputs: Properties,
    ): Promise<{ id: string; inputs: Properties; outputs: Properties }> {
        const request = new proto.ReadRequest();
        request.setUrn(urn(type, "example"));
        request.setId(id);
        request.setInputs(Struct.fromJavaScript(inputs));
        const response = await answer<proto.ReadResponse>((reply) =>
            this.client.read(request, reply),
        );
        return {
            id: response.getId(),
            inputs: read(response.getInputs()),
            outputs: read(response.getProperties()),
        };
    }

    async delete(type: string, id: string): Promise<void> {
        const request = new proto.DeleteRequest();
        request.setUrn(urn(type, "example"));
        request.setId(id);
        await answer((reply) => this.client.delete(request, reply));
    }

    async invoke(token: string, args: Properties): Promise<Properties> {
        const request = new proto.InvokeRequest();
        request.setTok(token);
        request.setArgs(Struct.fromJavaScript(args));
        const response = await answer<proto.InvokeResponse>((reply) =>
            this.client.invoke(request, reply),
        );
        const [failure] = response.getFailuresList();
        if (failure) {
            throw new Error(`${failure.getProperty()}: ${failure.getReason()}`);
        }
        return read(response.getReturn());
    }

    construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
        return answer((reply) => this.client.construct(request, reply));
    }
}

export function urn(type: string, name: string): string {
    return `urn:pulumi:dev::hysds::${type}::${name}`;
}
