import { catalogue } from "../../components/hysds/catalog";
import { hysdsSettings } from "./hysds";

/** What runs in a stack of the default settings. */
export const WORKLOADS = catalogue(hysdsSettings());
