import { texts } from "../setting";

/** Namespaces whose pods run containers of their own, and so need rights that others do not. */
export const privilegedNamespaces = texts(
    "Namespaces whose pods are excepted: they start the containers of jobs.",
    ["hysds-jobs"],
);
