import { document } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";

export const readOnlyRoot = checksContainers(
    rule({
        name: "read-only-root",
        description:
            "Containers cannot write to their image's files, so that what was started is what runs.",
        reference: document(
            "NSA Kubernetes Hardening Guidance",
            "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF",
        ),
        fix: "set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the process writes.",
        severity: "low",
    }),
    ({ name, securityContext }, { report }) => {
        const isPrivileged = securityContext?.privileged === true;
        if (!isPrivileged && securityContext?.readOnlyRootFilesystem !== true) {
            report(`readOnlyRootFilesystem of container ${name} is not true`);
        }
    },
);
