import * as path from "node:path";
import * as readline from "node:readline";
import * as grpc from "@grpc/grpc-js";
import type { EnforcementLevel, PolicyPackConfig } from "@pulumi/policy";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { execaNode, ResultPromise } from "execa";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const PACK_DIRECTORY = path.resolve(__dirname, "../../policy");

/** A resource as the engine shows it to a policy pack. */
export interface Subject {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly properties: Record<string, unknown>;
    readonly protect: boolean;
    /** Name of the provider resource; undefined for Pulumi's own. */
    readonly provider?: string;
}

/** What the pack said. */
export interface Diagnostic {
    readonly rule: string;
    readonly level: "advisory" | "mandatory";
    readonly message: string;
    readonly urn: string;
}

export interface Answer {
    readonly diagnostics: readonly Diagnostic[];
    /** Rules that the question was not for. */
    readonly notApplicable: readonly string[];
}

type Reply<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** The pack in a process of its own, run by Pulumi's runner and asked by the protocol that the engine speaks. */
export class PolicyPackProcess {
    private constructor(
        private readonly process: ResultPromise,
        private readonly client: AnalyzerClient,
    ) {}

    /**
     * @param stackConfiguration what the stack that is looked at is configured with, by full key
     * @param directory of another pack than the project's
     */
    static async start(
        stackConfiguration: Readonly<Record<string, string>> = {},
        directory = PACK_DIRECTORY,
    ): Promise<PolicyPackProcess> {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
        const child = execaNode(runner, ["127.0.0.1:0", directory], {
            cwd: directory,
            env: { PULUMI_CONFIG: JSON.stringify(stackConfiguration) },
            stderr: "inherit",
            cleanup: true,
        });
        child.catch(() => undefined);
        const port = await firstLine(child);
        const credentials = grpc.credentials.createInsecure();
        return new PolicyPackProcess(child, new AnalyzerClient(`127.0.0.1:${port}`, credentials));
    }

    async stop(): Promise<void> {
        this.client.close();
        this.process.kill("SIGTERM");
        await this.process.catch(() => undefined);
    }

    /** The enforcement and values that hold from now on, such as `configurationOf` gives. */
    async configure(configuration: PolicyPackConfig): Promise<void> {
        const request = new proto.ConfigureAnalyzerRequest();
        const map = request.getPolicyconfigMap();
        for (const [rule, entry] of Object.entries(configuration)) {
            const { enforcementLevel, ...values } =
                typeof entry === "string" ? { enforcementLevel: entry } : entry;
            const config = new proto.PolicyConfig();
            config.setEnforcementlevel(levels[enforcementLevel ?? "advisory"]);
            config.setProperties(Struct.fromJavaScript(plain(values)));
            map.set(rule, config);
        }
        await ask((reply) => this.client.configure(request, reply));
    }

    async analyze(subject: Subject): Promise<Answer> {
        const response = await ask<proto.AnalyzeResponse>((reply) =>
            this.client.analyze(analyzeRequest(subject), reply),
        );
        return answerOf(response);
    }

    async analyzeStack(subjects: readonly Subject[]): Promise<Answer> {
        const request = new proto.AnalyzeStackRequest();
        request.setResourcesList(subjects.map(analyzerResource));
        const response = await ask<proto.AnalyzeResponse>((reply) =>
            this.client.analyzeStack(request, reply),
        );
        return answerOf(response);
    }

    /** The properties that each rule's remediation gives, by rule. */
    async remediate(subject: Subject): Promise<ReadonlyMap<string, Record<string, unknown>>> {
        const response = await ask<proto.RemediateResponse>((reply) =>
            this.client.remediate(analyzeRequest(subject), reply),
        );
        return new Map(
            response
                .getRemediationsList()
                .map((one) => [
                    one.getPolicyname(),
                    (one.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>,
                ]),
        );
    }
}

const levels: Readonly<Record<EnforcementLevel, proto.EnforcementLevel>> = {
    advisory: proto.EnforcementLevel.ADVISORY,
    mandatory: proto.EnforcementLevel.MANDATORY,
    remediate: proto.EnforcementLevel.REMEDIATE,
    disabled: proto.EnforcementLevel.DISABLED,
};

async function firstLine(child: ResultPromise): Promise<string> {
    if (!child.stdout) {
        throw new Error("The policy pack has no standard output.");
    }
    for await (const line of readline.createInterface({ input: child.stdout })) {
        return line;
    }
    throw new Error("The policy pack ended before it said its port.");
}

function ask<Response>(call: (reply: Reply<Response>) => unknown): Promise<Response> {
    return new Promise((resolve, reject) =>
        call((error, response) => (error ? reject(error) : resolve(response))),
    );
}

/** Without what JSON cannot say, such as `undefined`. */
function plain(value: unknown): Record<string, never> {
    return JSON.parse(JSON.stringify(value)) as Record<string, never>;
}

function analyzeRequest(subject: Subject): proto.AnalyzeRequest {
    const request = new proto.AnalyzeRequest();
    fill(request, subject);
    return request;
}

const encoded = new WeakMap<Subject, proto.AnalyzerResource>();

/** Each subject is encoded once, since a stack is shown many times with one subject changed. */
function analyzerResource(subject: Subject): proto.AnalyzerResource {
    const known = encoded.get(subject);
    if (known) {
        return known;
    }
    const resource = new proto.AnalyzerResource();
    fill(resource, subject);
    encoded.set(subject, resource);
    return resource;
}

function fill(message: proto.AnalyzeRequest | proto.AnalyzerResource, subject: Subject): void {
    message.setType(subject.type);
    message.setName(subject.name);
    message.setUrn(subject.urn);
    message.setProperties(Struct.fromJavaScript(plain(subject.properties)));
    const options = new proto.AnalyzerResourceOptions();
    options.setProtect(subject.protect);
    message.setOptions(options);
    const provider = new proto.AnalyzerProviderResource();
    provider.setName(subject.provider ?? "default");
    provider.setProperties(Struct.fromJavaScript({}));
    message.setProvider(provider);
}

function answerOf(response: proto.AnalyzeResponse): Answer {
    return {
        diagnostics: response.getDiagnosticsList().map((one) => ({
            rule: one.getPolicyname(),
            level:
                one.getEnforcementlevel() === proto.EnforcementLevel.ADVISORY
                    ? "advisory"
                    : "mandatory",
            message: one.getMessage(),
            urn: one.getUrn(),
        })),
        notApplicable: response.getNotApplicableList().map((one) => one.getPolicyName()),
    };
}
