import { subject } from "../subject";
import { brokerVersion } from "./broker-version";
import { kubernetesVersion } from "./kubernetes-version";
import { minorUpgrades } from "./minor-upgrades";
import { redisVersion } from "./redis-version";
import { searchMaintenance } from "./search-maintenance";
import { searchVersion } from "./search-version";
import { supportEndsSoon } from "./support-ends-soon";

/** Versions, and until when they are supported. */
export const lifecycle = subject("Life cycle", [
    kubernetesVersion,
    redisVersion,
    brokerVersion,
    searchVersion,
    supportEndsSoon,
    minorUpgrades,
    searchMaintenance,
]);
