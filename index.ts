import { createBackends } from "./components/backends";
import { Hysds } from "./components/hysds";
import { createImages } from "./components/images";
import { createOperations } from "./components/operations";
import { createPlatform } from "./components/platform";
import { loadSettings } from "./components/settings";
import { costOutputs } from "./cost";

/**
 * One HySDS installation. Read top to bottom: what it is told, where it runs, what it stores data in, who does the
 * work, how people reach it and keep it running, what it costs.
 *
 * @throws pulumi.RunError, before any resource is registered, listing every problem of the configuration.
 */
function hysdsStack(): Record<string, unknown> {
    const configured = loadSettings();
    const platform = createPlatform(configured);
    const backends = createBackends(configured, platform);
    const settings = { ...configured, images: createImages(configured) };
    const hysds = new Hysds("hysds", { settings, platform, backends });
    const operations = createOperations({ settings, platform, backends, hysds });
    platform.complete();

    const { namespace, jobsNamespace, storesNamespace } = settings.hysds;
    return {
        ...operations,
        ...costOutputs(settings, platform),
        kubeconfig: platform.kubeconfig,
        namespaces: { services: namespace, jobs: jobsNamespace, stores: storesNamespace },
        podsCommand: "kubectl get pods --all-namespaces --selector app.kubernetes.io/part-of=hysds",
    };
}

export = hysdsStack;
