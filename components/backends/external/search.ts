import * as pulumi from "@pulumi/pulumi";
import { SearchLocation } from "../../settings/settings";
import { SearchEndpoint, SearchStores } from "../backends";
import type { StoreMaker } from "../kinds";
import { searchUses } from "../layouts";
import { ownersStore } from "./owners-store";

/** A search cluster that is there, for mozart, grq and metrics alike. */
export const externalSearch: StoreMaker<
    Extract<SearchLocation, { kind: "external" }>,
    SearchStores
> = {
    create: ({ settings }, { address, username, password }) => {
        const { engine, engineVersion } = settings.backends.search;
        const credentials = { username: pulumi.output(username), password };
        return searchUses("shared", ({ name }) =>
            ownersStore(
                name,
                "search",
                new SearchEndpoint({ ...address, credentials, engine, engineVersion }),
            ),
        );
    },
    bills: () => [],
};
