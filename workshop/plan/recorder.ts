import * as pulumi from "@pulumi/pulumi";
import * as resproto from "@pulumi/pulumi/proto/resource_pb";
import { captureRead, captureRegistration, fieldsOf } from "./capture";
import { CapturedResource } from "./evaluation";

type Response = resproto.RegisterResourceResponse | resproto.ReadResourceResponse;
type Answer = (error: unknown, response?: Response) => void;

interface Monitor {
    newUrn(parent: string, type: string, name: string): string;
    registerResource(request: resproto.RegisterResourceRequest, answer: Answer): Promise<void>;
    readResource(request: resproto.ReadResourceRequest, answer: Answer): Promise<void>;
    registerResourceOutputs(
        request: resproto.RegisterResourceOutputsRequest,
        answer: (error: unknown) => void,
    ): void;
}

/** What a program has registered so far; it grows while the program runs. */
export interface Recording {
    readonly resources: CapturedResource[];
    /** By URN: what components, and the stack itself, gave to `registerOutputs`. */
    readonly registeredOutputs: Map<string, Record<string, unknown>>;
}

/**
 * Listens to Pulumi's mock monitor, which `pulumi.runtime.setMocks` installs. Mocks themselves are told neither parent,
 * dependencies nor options, so the requests are read.
 *
 * It also gives resources the URNs that the engine would: the mock monitor's own name only the direct parent's type.
 */
export function recordRegistrations(): Recording {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const resources: CapturedResource[] = [];
    const registeredOutputs = new Map<string, Record<string, unknown>>();
    monitor.newUrn = engineUrn;

    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, answer) => {
        const record = (response: Response, outputs: Record<string, unknown>): void => {
            resources.push(captureRegistration(response.getUrn(), request, outputs));
        };
        return register(request, recording(answer, record));
    };
    const read = monitor.readResource.bind(monitor);
    monitor.readResource = (request, answer) => {
        const record = (response: Response, outputs: Record<string, unknown>): void => {
            resources.push(captureRead(response.getUrn(), request, outputs));
        };
        return read(request, recording(answer, record));
    };
    const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
    monitor.registerResourceOutputs = (request, answer) => {
        registeredOutputs.set(request.getUrn(), fieldsOf(request.getOutputs()));
        registerOutputs(request, answer);
    };
    return { resources, registeredOutputs };
}

function recording(
    answer: Answer,
    record: (response: Response, outputs: Record<string, unknown>) => void,
): Answer {
    return (error, response) => {
        if (response && !error) {
            const isNew = "getObject" in response;
            record(response, fieldsOf(isNew ? response.getObject() : response.getProperties()));
        }
        answer(error, response);
    };
}

// https://www.pulumi.com/docs/iac/concepts/resources/names/#urns: the types of all parents but the stack are part of it.
function engineUrn(parent: string, type: string, name: string): string {
    const parentType = parent.split("::")[2];
    const qualified =
        parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${type}` : type;
    return ["urn:pulumi:" + pulumi.getStack(), pulumi.getProject(), qualified, name].join("::");
}
