import { createBackends } from "./components/backends";
import { Hysds } from "./components/hysds";
import { createImages } from "./components/images";
import { costOutputs } from "./components/operations/cost";
import { createAutoscaling } from "./components/operations/autoscaling";
import { createArtifacts } from "./components/operations/artifacts";
import { createBackups } from "./components/operations/backups";
import { createIngress } from "./components/operations/ingress";
import { createObservability } from "./components/operations/observability";
import { OperationsRelay } from "./components/operations/relay";
import { createPlatform } from "./components/platform";
import { loadSettings } from "./components/settings";

/**
 * One HySDS installation. Read top to bottom: what it is told, where it runs, what it stores data in, who does the
 * work, how people reach it.
 *
 * @throws pulumi.RunError, before any resource is registered, listing every problem of the configuration.
 */
function hysdsStack(): Record<string, unknown> {
    const settings = loadSettings();
    const platform = createPlatform(settings);
    const backends = createBackends(settings, platform);
    const images = createImages(settings);
    const hysds = new Hysds("hysds", { settings: { ...settings, images }, platform, backends });
    createBackups({ ...settings, images }, platform, backends);
    createAutoscaling(settings, platform, backends, hysds);
    const artifacts = createArtifacts(settings, platform);
    const { services } = hysds;
    new OperationsRelay("operations-relay", { settings, platform, backends, services });
    const access = createIngress(settings, platform, hysds.services);
    const { address } = access;
    const observability = createObservability({ settings, platform, backends, hysds, address });

    const { namespace, jobsNamespace, storesNamespace } = settings.hysds;
    return {
        ...access,
        ...observability,
        kubeconfig: platform.kubeconfig,
        namespaces: { services: namespace, jobs: jobsNamespace, stores: storesNamespace },
        ...artifacts,
        ...costOutputs(settings, platform),
        podsCommand: "kubectl get pods --all-namespaces --selector app.kubernetes.io/part-of=hysds",
    };
}

export = hysdsStack;
