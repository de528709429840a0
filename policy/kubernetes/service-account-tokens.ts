import { cisEks } from "../references";
import { checksPods } from "../resources/pods";
import { rule } from "../rule";
import { texts } from "../setting";

export const serviceAccountTokens = checksPods(
    rule({
        name: "no-unused-token",
        description:
            "Pods get a token of the Kubernetes API only when they call it: HySDS does not, and a token is what an intruder looks for first.",
        reference: cisEks("4.1.6"),
        fix: "set automountServiceAccountToken to false, or add the ServiceAccount to this rule's accounts.",
        severity: "medium",
        settings: {
            accounts: texts("ServiceAccounts whose pods call the API.", ["cluster-autoscaler"]),
        },
    }),
    ({ spec }, { report, settings }) => {
        if (spec.automountServiceAccountToken === false) {
            return;
        }
        const account = spec.serviceAccountName ?? "default";
        if (!settings.accounts.includes(account)) {
            report(`the token of ServiceAccount ${account} is mounted`);
        }
    },
);
