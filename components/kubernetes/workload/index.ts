export { daemonSet } from "./daemon-set";
export { deployment, ONE_MORE, RECREATE } from "./deployment";
export { cronJob, job } from "./jobs";
export type { ContainerArgs, PodArgs } from "./pod";
export { hostOf, service } from "./service";
export { statefulSet } from "./stateful-set";
export type { Admission } from "./workload";
