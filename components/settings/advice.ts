import { network } from "./cidr";
import { kubernetesVersions } from "./limits/kubernetes";
import { smallestInstance } from "./limits/rabbitmq";
import { Settings } from "./settings";

const noticeDays = 60;

function support(version: string, today: Date): readonly string[] {
    const dates = kubernetesVersions[version];
    if (!dates) {
        return [];
    }
    const days = (Date.parse(dates.standardUntil) - today.getTime()) / 86_400_000;
    const upgrade =
        "Upgrade one minor version at a time: pulumi config set hysds:kubernetesVersion";
    if (days < 0) {
        return [
            `EKS ended standard support of Kubernetes ${version} on ${dates.standardUntil}: the control plane costs extra, and EKS upgrades it by itself on ${dates.extendedUntil}. ${upgrade}`,
        ];
    }
    return days < noticeDays
        ? [
              `EKS ends standard support of Kubernetes ${version} on ${dates.standardUntil}; after that the control plane costs extra. ${upgrade}`,
          ]
        : [];
}

/** 192.0.2.0/24 and its like (https://www.rfc-editor.org/rfc/rfc5737) stand in stack files until they are filled in. */
function placeholders(key: string, cidrs: readonly string[]): readonly string[] {
    return cidrs
        .map((cidr, index) => ({ cidr, index }))
        .filter(({ cidr }) => network(cidr)?.use === "reserved")
        .map(
            ({ cidr, index }) =>
                `hysds:${key}[${index}] is ${cidr}, a range for documentation from which nobody connects. Put your own there: pulumi config set --path 'hysds:${key}[${index}]' <network>`,
        );
}

/**
 * What is allowed and still worth a second thought, a sentence or two each.
 *
 * @param today decides how near the end of support of the Kubernetes version is
 */
export function advise(settings: Settings, today: Date): readonly string[] {
    const { platform, backends, ingress } = settings;
    if (platform.kind !== "aws") {
        return podFiles(settings);
    }
    const isSmallBroker =
        backends.kind === "managed" && backends.rabbitmq.instanceType === smallestInstance.type;
    return [
        ...support(platform.cluster.version, today),
        ...placeholders("publicAccessCidrs", platform.cluster.publicAccessCidrs),
        ...placeholders("ingressAllowedCidrs", ingress.allowedCidrs),
        ...(isSmallBroker
            ? [
                  `${smallestInstance.type} takes ${smallestInstance.maxConnections} connections, and every Celery worker opens several. It is for evaluation; the next one: pulumi config set hysds:rabbitmqInstanceType mq.m7g.large`,
              ]
            : []),
        ...recipients(settings),
        ...podFiles(settings),
    ];
}

/** A file system that ends with the pod, unless someone mounts one that does not. */
function podFiles({ hysds }: Settings): readonly string[] {
    return hysds.datasets.flatMap(({ publish, browse }, index) =>
        Object.entries({ publish, browse })
            .filter(([, place]) => place?.location.startsWith("file:"))
            .map(
                ([name]) =>
                    `hysds:datasets[${index}].${name}.location is a file of the job worker's own pod, and goes with it, unless its image or nodes mount a shared volume there: see docs/datasets.md`,
            ),
    );
}

function recipients({ observability }: Settings): readonly string[] {
    const { monitoring, alarmEmails } = observability;
    return monitoring !== "none" && alarmEmails.length === 0
        ? [
              "Alarms are sent to nobody: pulumi config set --path 'hysds:alarmEmails[0]' <address>, or subscribe to the topic of output alarmTopic",
          ]
        : [];
}
