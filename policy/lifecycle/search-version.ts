import * as aws from "@pulumi/aws";
import { document } from "../references";
import { supportOf } from "../resources/support";
import { ResourceCheck, rule } from "../rule";
import { supportSettings } from "./settings";

export const searchVersion = rule({
    name: "search-version-supported",
    description:
        "Search domains run an engine version in standard support; extended support is billed for every node and hour.",
    reference: document(
        "OpenSearch Service versions",
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version",
    ),
    fix: "raise hysds:searchEngineVersion.",
    severity: "medium",
    settings: supportSettings,
})
    .checks(aws.opensearch.Domain, (domain, context) => {
        const [engine = "", version] = (domain.engineVersion ?? "").toLowerCase().split("_");
        checkVersion(engine, version, context);
    })
    .checks(aws.elasticsearch.Domain, (domain, context) =>
        checkVersion("elasticsearch", domain.elasticsearchVersion, context),
    );

function checkVersion(
    engine: string,
    version: string | undefined,
    { report, settings }: ResourceCheck<typeof supportSettings>,
): void {
    if (version === undefined) {
        report("no engine version is set, so OpenSearch Service chooses one");
        return;
    }
    const { allowExtendedSupport, asOf } = settings;
    const { problem } = supportOf(engine, version, allowExtendedSupport, asOf);
    if (problem) {
        report(problem);
    }
}
