import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Backends, SearchEndpoint } from "../../components/backends/backends";
import { Endpoint } from "../../components/backends/endpoint";
import { Scheme } from "../../components/settings/scheme";
import { Hysds } from "../../components/hysds";
import { AwsFacts, bucketName } from "../../components/platform/aws/facts";
import { statementsOf } from "../../components/platform/aws/grants";
import { handedIdentity, IDENTITY_VARIABLES } from "../../components/platform/aws/identity";
import { HysdsNamespace, IdentityArgs, Platform } from "../../components/platform/platform";
import { HysdsSettings, SearchEngine, Settings } from "../../components/settings/settings";
import { Registered, registered } from "./mocks";
import { awsSettings } from "./settings";

/** Every password of the fake stores has this in it. */
export const PASSWORD_MARK = "pa55w0rd";

/** Hosts of the fake stores; change one to see what depends on it. */
export const STORE_HOSTS = {
    broker: "broker.example",
    brokerManagement: "management.example",
    resultStore: "results.example",
    metricsStore: "metrics-redis.example",
    searchMozart: "search-mozart.example",
    searchGrq: "search-grq.example",
    searchMetrics: "search-metrics.example",
};

export type StoreHosts = typeof STORE_HOSTS;

export interface FakeInstallation {
    readonly hysds?: Partial<HysdsSettings>;
    readonly settings?: Partial<Settings>;
    readonly hosts?: Partial<StoreHosts>;
    /** Whether search clusters have a password; a signing proxy has none. Default true. */
    readonly searchCredentials?: boolean;
    /** Whether the platform is AWS; default true. */
    readonly aws?: boolean;
    readonly objectStore?: Backends["objectStore"];
}

/** A worker pool as a project might have it. */
export const SAR_POOL = {
    name: "verdi-sar",
    queue: "sar-job_worker",
    image: "registry.example.com/sar/verdi@sha256:0123",
    minReplicas: 3,
    maxReplicas: 9,
    timeoutHours: 8,
    cpu: "4",
    memory: "16Gi",
    diskGiB: 300,
};

/** Settings of a stack as the fakes have it: managed, standard size, all of the VM era's parallelism. */
export function hysdsSettings(given: FakeInstallation = {}): Settings {
    const settings = awsSettings(given.settings);
    return { ...settings, hysds: { ...settings.hysds, ...given.hysds } };
}

/** Registers HySDS on a fake platform with fake stores. */
export async function installHysds(given: FakeInstallation = {}): Promise<Registered> {
    const settings = hysdsSettings(given);
    return registered(() => {
        const platform = fakePlatform(given.aws ?? true);
        const engine = settings.backends.search.engine;
        const backends = fakeBackends(engine, given);
        new Hysds("hysds", { settings, platform, backends });
    });
}

const known = (value: string): pulumi.Output<string> => pulumi.output(value);

const FACTS: AwsFacts = {
    vpcId: known("vpc-1"),
    privateSubnetIds: pulumi.output(["subnet-1"]),
    podSecurityGroupId: known("sg-1"),
    region: known("us-gov-west-1"),
    partition: known("aws-us-gov"),
    accountId: known("123456789012"),
};

/** A platform whose identities are resources of type `fake:identity`, so that tests see what they may do. */
export function fakePlatform(aws: boolean): Platform {
    const provider = new k8s.Provider("fake");
    return {
        provider,
        kubeconfig: pulumi.secret("fake"),
        servicePlacement: { nodeSelector: { role: "services" } },
        jobPlacement: {
            nodeSelector: { role: "jobs" },
            tolerations: [{ key: "hysds/jobs", operator: "Exists" }],
        },
        clusterDomain: "cluster.local",
        identityVariables: aws ? IDENTITY_VARIABLES : [],
        jobAgentPlacement: { nodeSelector: { role: "jobs" } },
        poolPlacement: ({ name }) => ({ nodeSelector: { role: "jobs", workers: name } }),
        ...(aws ? { facts: FACTS } : {}),
        region: aws ? FACTS.region : pulumi.output("local"),
        bucketName: (purpose) => (aws ? bucketName("hysds-prod", purpose, FACTS) : undefined),
        loadBalancerAnnotations: () => ({}),
        namespace: (name, level): HysdsNamespace => {
            const metadata = { name, labels: { level } };
            const resource = new k8s.core.v1.Namespace(name, { metadata }, { provider });
            return { name: resource.metadata.name, plainName: name, resource };
        },
        identityFor: (workload, args) => {
            const resource = new FakeIdentity(workload, args, aws);
            const role = known(`arn:aws-us-gov:iam::123456789012:role/${workload}`);
            return {
                serviceAccountName: pulumi.output(workload),
                resource,
                ...(aws ? { handed: handedIdentity(role, FACTS) } : {}),
            };
        },
        complete: () => undefined,
    };
}

class FakeIdentity extends pulumi.CustomResource {
    constructor(workload: string, { grants = [], policies = [] }: IdentityArgs, aws: boolean) {
        const statements = aws ? statementsOf(grants, FACTS) : [];
        super("fake:index:Identity", workload, { statements, policies });
    }
}

/** Stores that resolve at once, each with a password of its own. */
export function fakeBackends(engine: SearchEngine, given: FakeInstallation = {}): Backends {
    const hosts = { ...STORE_HOSTS, ...given.hosts };
    const endpoint = (scheme: Scheme, host: string, port: number, username?: string): Endpoint =>
        new Endpoint({ scheme, host, port, credentials: credentials(host, username) });
    const search = (host: string): SearchEndpoint =>
        new SearchEndpoint({
            scheme: "http",
            host,
            port: 9200,
            engine,
            engineVersion: engine === "elasticsearch" ? "7.10" : "2.19",
            credentials: (given.searchCredentials ?? true) ? credentials(host, "admin") : undefined,
        });
    return {
        broker: endpoint("amqps", hosts.broker, 5671, "hysds"),
        brokerManagement: endpoint("https", hosts.brokerManagement, 443, "hysds"),
        resultStore: endpoint("rediss", hosts.resultStore, 6379),
        metricsStore: endpoint("rediss", hosts.metricsStore, 6379),
        search: {
            mozart: search(hosts.searchMozart),
            grq: search(hosts.searchGrq),
            metrics: search(hosts.searchMetrics),
        },
        objectStore: given.objectStore,
        stores: [],
        ready: [new FakeStore("stores")],
    };
}

class FakeStore extends pulumi.CustomResource {
    constructor(name: string) {
        super("fake:index:Store", name, {});
    }
}

function credentials(
    host: string,
    username?: string,
): { username?: pulumi.Output<string>; password: pulumi.Output<string> } {
    const password = pulumi.secret(`${PASSWORD_MARK}-${host}`);
    return username === undefined ? { password } : { username: pulumi.output(username), password };
}
