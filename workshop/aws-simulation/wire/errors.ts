import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Properties } from "./values";

/** The provider cannot do what it is asked; the message is shown to the user. */
export class ProviderError extends Error {}

/** The resource exists, but did not become what it should: the engine keeps it in the state, and tries to update it. */
export class InitializationError extends ProviderError {
    constructor(
        message: string,
        public readonly id: string,
        public readonly outputs: Properties,
        public readonly inputs: Properties,
    ) {
        super(message);
    }
}

/** The form in which gRPC carries an error to the engine. */
export function serviceError(error: unknown): Partial<grpc.StatusObject> {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof InitializationError)) {
        return { code: grpc.status.UNKNOWN, details: message };
    }
    const failed = new ErrorResourceInitFailed();
    failed.setId(error.id);
    failed.setProperties(Struct.fromJavaScript(error.outputs));
    failed.setInputs(Struct.fromJavaScript(error.inputs));
    failed.setReasonsList([message]);
    const details = new Any();
    details.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(details);
    const metadata = new grpc.Metadata();
    // gRPC's own place for details: https://grpc.io/docs/guides/error/
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return { code: grpc.status.UNKNOWN, details: message, metadata };
}
