import { subject } from "../subject";
import { administrator } from "./administrator";
import { imdsv2 } from "./imdsv2";
import { longLivedKeys } from "./long-lived-keys";
import { passRole } from "./pass-role";
import { resourcePolicies } from "./resource-policies";
import { roleBoundary } from "./role-boundary";
import { searchPrincipals } from "./search-principals";
import { trustPrincipals } from "./trust-principals";
import { wildcardActions } from "./wildcard-actions";
import { workloadSubject } from "./workload-subject";

/** Who may do what. */
export const iam = subject("IAM and access policies", [
    searchPrincipals,
    wildcardActions,
    passRole,
    trustPrincipals,
    workloadSubject,
    roleBoundary,
    administrator,
    longLivedKeys,
    resourcePolicies,
    imdsv2,
]);
