import { cisEks } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { flag, texts } from "../setting";

const ECR = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

export const imageRegistries = checksContainers(
    rule({
        name: "image-registries",
        description:
            "Images come from registries and publishers that were looked at: any other is code of strangers beside the stores' credentials.",
        reference: cisEks("5.1.4"),
        fix: "use an image of an allowed publisher (hysds:imageRegistry, hysds:imageOverrides), or add its prefix to this rule's allowed.",
        severity: "high",
        settings: {
            allowed: texts("Prefixes of references that are accepted.", [
                "docker.io/hysds/",
                "docker.io/library/rabbitmq",
                "docker.io/nginxinc/",
                "docker.io/opensearchproject/",
                "docker.io/valkey/",
                "docker.io/versity/versitygw",
                "docker.elastic.co/",
                "public.ecr.aws/aws-observability/",
                "quay.io/oliver006/redis_exporter",
                "quay.io/podman/",
                "registry.k8s.io/autoscaling/",
                "quay.io/prometheuscommunity/",
            ]),
            allowEcr: flag("Accept private Amazon ECR registries.", true),
        },
    }),
    ({ image, name }, { report, settings: { allowed, allowEcr } }) => {
        const reference = image ?? "";
        const isAllowed =
            allowed.some((prefix) => reference.startsWith(prefix)) ||
            (allowEcr && ECR.test(reference));
        if (!isAllowed) {
            report(`image ${reference} of container ${name} is of no allowed publisher`);
        }
    },
);
