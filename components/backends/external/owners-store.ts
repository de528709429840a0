import { Endpoint } from "../endpoint";
import { Store, StoreUse } from "../store";

/** A store that is not the stack's: its owner backs it up, watches it, pays for it, and renews its credential. */
export function ownersStore<Address extends Endpoint>(
    name: string,
    use: StoreUse,
    endpoint: Address,
): Store<Address> {
    return {
        name,
        use,
        endpoint,
        backup: { method: "owner" },
        metrics: {},
        rotation: "owner",
        ready: [],
    };
}
