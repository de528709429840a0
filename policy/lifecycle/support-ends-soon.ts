import * as aws from "@pulumi/aws";
import { document } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { supportOf } from "../resources/support";
import { ResourceCheck, rule } from "../rule";
import { count } from "../setting";
import { supportSettings } from "./settings";

const settings = {
    ...supportSettings,
    noticeDays: count("Days before the end of support from which on it is told.", 60),
};

export const supportEndsSoon = checksClusters(
    rule({
        name: "support-ends-soon",
        description:
            "Versions are upgraded before their support ends, while there is time to test what the new one changes.",
        reference: document(
            "EKS Kubernetes release calendar",
            "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar",
        ),
        fix: "plan the upgrade: hysds:kubernetesVersion, redisEngineVersion, rabbitmqEngineVersion or searchEngineVersion.",
        severity: "low",
        settings,
        enforcement: { dev: "advisory", prod: "advisory" },
    }),
    (cluster, context) => checkEnd("kubernetes", cluster.version(), context),
)
    .checks(aws.elasticache.ReplicationGroup, ({ engine = "redis", engineVersion }, context) =>
        checkEnd(engine, engineVersion, context),
    )
    .checks(aws.mq.Broker, (broker, context) => checkEnd("rabbitmq", broker.engineVersion, context))
    .checks(aws.opensearch.Domain, (domain, context) => {
        const [engine = "", version] = (domain.engineVersion ?? "").toLowerCase().split("_");
        checkEnd(engine, version, context);
    });

function checkEnd(
    engine: string,
    version: string | undefined,
    {
        report,
        settings: { allowExtendedSupport, asOf, noticeDays },
    }: ResourceCheck<typeof settings>,
): void {
    if (version === undefined) {
        return;
    }
    const { daysLeft } = supportOf(engine, version, allowExtendedSupport, asOf);
    if (daysLeft !== undefined && daysLeft >= 0 && daysLeft < noticeDays) {
        report(`support of ${engine} ${version} ends in ${daysLeft} days`);
    }
}
