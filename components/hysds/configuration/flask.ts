import { origin } from "../../backends/endpoint";
import { checkout } from "../pod/paths";
import { ConfigurationInputs } from "./inputs";
import { pythonAssignments } from "./quoting";
import { RenderedFiles } from "./rendered-file";
import { redisUrl } from "./store-urls";

/** Queues that run HySDS's own jobs, and that people do not submit to. */
const PROTECTED_QUEUES = ["system-jobs-queue"];

const SECONDS_PER_DAY = 86_400;

/** Mozart's `settings.cfg`, read by Flask as Python. */
function renderMozartSettings(inputs: ConfigurationInputs): string {
    return pythonAssignments({
        SECRET_KEY: secretKey(inputs, "mozart"),
        PORT: 8888,
        VENUE: inputs.venue,
        JOB_STATUS_INDEX: "job_status-current",
        USER_RULES_INDEX: "user_rules-mozart",
        HYSDS_IOS_INDEX: "hysds_ios-mozart",
        JOB_SPECS_INDEX: "job_specs",
        CONTAINERS_INDEX: "containers",
        RABBITMQ_ADMIN_API: origin(inputs.brokerManagement),
        PROTECTED_QUEUES,
        JENKINS_ENABLED: false,
    });
}

/** GRQ2's `settings.cfg`. Rules and job specifications are in Mozart's cluster, which it finds in celeryconfig.py. */
function renderGrq2Settings(inputs: ConfigurationInputs): string {
    return pythonAssignments({
        ES_URL: inputs.search.grq.url,
        GRQ_INDEX: "grq",
        GRQ_DATASET_DOCTYPES: {},
        GEONAMES_INDEX: "geonames",
        USER_RULES_INDEX: "user_rules-grq",
        HYSDS_IOS_INDEX: "hysds_ios-grq",
        JOB_SPECS_INDEX: "job_specs",
        // Below the 10 MiB that the smaller instance types of a managed domain accept in one request.
        // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html
        BULK_LIMIT: 9_000_000,
        REDIS_URL: redisUrl(inputs.resultStore),
    });
}

/** Pele's `settings.cfg`. */
function renderPeleSettings(inputs: ConfigurationInputs): string {
    const { grq } = inputs.search;
    return pythonAssignments({
        SECRET_KEY: secretKey(inputs, "pele"),
        ES_ENGINE: grq.engine,
        AWS_ES: false,
        AWS_REGION: inputs.region,
        ES_URL: grq.url,
        ES_INDEX: "grq",
        AUTH: false,
        TOKEN_EXPIRATION_SECS: SECONDS_PER_DAY,
        DEFAULT_PAGE_SIZE: 10,
        MAX_PAGE_SIZE: 100,
        HTTP_X_SCRIPT_NAME: "",
        HTTP_X_SCHEME: "",
        SQLALCHEMY_TRACK_MODIFICATIONS: false,
        RESTX_MASK_SWAGGER: false,
        RATELIMIT_ENABLED: true,
        RATELIMIT_STRATEGY: "moving-window",
        // Counted by each process: a limit shared by all replicas would make Redis a dependency of every read.
        RATELIMIT_STORAGE_URI: "memory://",
        RATELIMIT_HEADERS_ENABLED: true,
    });
}

/** @throws Error when the service is not said to have one: `hasSecretKey` of its description */
function secretKey({ secretKeys }: ConfigurationInputs, service: string): string {
    const key = secretKeys[service];
    if (key === undefined) {
        throw new Error(`${service} has no SECRET_KEY: set hasSecretKey in its description.`);
    }
    return key;
}

/** Flask applications read settings.cfg beside their package: `app.config.from_pyfile("../settings.cfg")`. */
function settingsOf(application: string): string {
    return `${checkout(application)}/settings.cfg`;
}

export const FLASK_FILES = {
    "mozart/settings.cfg": { path: settingsOf("mozart"), render: renderMozartSettings },
    "grq2/settings.cfg": { path: settingsOf("grq2"), render: renderGrq2Settings },
    "pele/settings.cfg": { path: settingsOf("pele"), render: renderPeleSettings },
} as const satisfies RenderedFiles;
