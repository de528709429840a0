import { IScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { ITriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication";
import { IDaemonSet } from "kubernetes-models/apps/v1/DaemonSet";
import { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import { IStatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { ICronJob } from "kubernetes-models/batch/v1/CronJob";
import { IJob } from "kubernetes-models/batch/v1/Job";
import { IIngress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { IPodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { IClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { IClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { IPriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";
import { IStorageClass } from "kubernetes-models/storage.k8s.io/v1/StorageClass";
import { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import { ILimitRange } from "kubernetes-models/v1/LimitRange";
import { INamespace } from "kubernetes-models/v1/Namespace";
import { IPersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { IResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { ISecret } from "kubernetes-models/v1/Secret";
import { IService } from "kubernetes-models/v1/Service";
import { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** Without what a controller writes, whose types have names that others have too. */
type Written<Kind> = Omit<Kind, "status">;

/** Every kind of Kubernetes object that a stack may hold, by `<apiVersion>/<kind>`: what manifests are checked against. */
export interface KubernetesKinds {
    "apps/v1/DaemonSet"?: IDaemonSet;
    "apps/v1/Deployment"?: IDeployment;
    "apps/v1/StatefulSet"?: IStatefulSet;
    "autoscaling/v2/HorizontalPodAutoscaler"?: IHorizontalPodAutoscaler;
    "batch/v1/CronJob"?: ICronJob;
    "batch/v1/Job"?: IJob;
    "keda.sh/v1alpha1/ScaledObject"?: Written<IScaledObject>;
    "keda.sh/v1alpha1/TriggerAuthentication"?: Written<ITriggerAuthentication>;
    "networking.k8s.io/v1/Ingress"?: IIngress;
    "networking.k8s.io/v1/NetworkPolicy"?: INetworkPolicy;
    "policy/v1/PodDisruptionBudget"?: IPodDisruptionBudget;
    "rbac.authorization.k8s.io/v1/ClusterRole"?: IClusterRole;
    "rbac.authorization.k8s.io/v1/ClusterRoleBinding"?: IClusterRoleBinding;
    "rbac.authorization.k8s.io/v1/Role"?: IRole;
    "rbac.authorization.k8s.io/v1/RoleBinding"?: IRoleBinding;
    "scheduling.k8s.io/v1/PriorityClass"?: IPriorityClass;
    "storage.k8s.io/v1/StorageClass"?: IStorageClass;
    "v1/ConfigMap"?: IConfigMap;
    "v1/LimitRange"?: ILimitRange;
    "v1/Namespace"?: INamespace;
    "v1/PersistentVolumeClaim"?: IPersistentVolumeClaim;
    "v1/ResourceQuota"?: IResourceQuota;
    "v1/Secret"?: ISecret;
    "v1/Service"?: IService;
    "v1/ServiceAccount"?: IServiceAccount;
}
