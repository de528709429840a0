import { Section } from "../panel";
import { CLUSTER, GATEWAY } from "./cluster";
import { BROKER, REDIS, SEARCH } from "./stores";
import { WORK } from "./work";

/** The dashboard of an installation, top to bottom. */
export const SECTIONS: readonly Section[] = [WORK, GATEWAY, CLUSTER, BROKER, REDIS, SEARCH];
