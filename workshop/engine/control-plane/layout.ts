import { join } from "node:path";

/** The files of one control plane, all below the folder it is given. */
export interface Layout {
    readonly dir: string;
    readonly logs: string;
    readonly etcdData: string;
    /** The API server's own certificate, self-signed, and the authority of its clients. */
    readonly servingCertificate: string;
    readonly servingKey: string;
    readonly pki: string;
    readonly serviceAccountKey: string;
    readonly serviceAccountPublicKey: string;
    readonly tokens: string;
    /** For users: certificate authority and token are embedded, so its text alone is enough. */
    readonly kubeconfig: string;
    readonly settings: string;
    readonly plan: string;
    readonly state: string;
}

/** Where the files of a control plane in `dir` are. */
export function layoutOf(dir: string): Layout {
    const pki = join(dir, "pki");
    return {
        dir,
        logs: join(dir, "logs"),
        etcdData: join(dir, "etcd"),
        pki,
        servingCertificate: join(pki, "apiserver.crt"),
        servingKey: join(pki, "apiserver.key"),
        serviceAccountKey: join(pki, "service-account.key"),
        serviceAccountPublicKey: join(pki, "service-account.pub"),
        tokens: join(pki, "tokens.csv"),
        kubeconfig: join(dir, "kubeconfig"),
        settings: join(dir, "settings.json"),
        plan: join(dir, "plan.json"),
        state: join(dir, "state.json"),
    };
}

/** The kubeconfig of one of the control plane's own components. */
export function componentKubeconfig(layout: Layout, component: string): string {
    return join(layout.pki, `${component}.kubeconfig`);
}
