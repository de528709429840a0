import * as k8s from "@pulumi/kubernetes";
import { cisEks } from "../references";
import { rule } from "../rule";
import { credentialNamed } from "./credential";
import { everywhere, exceptions, isExcepted } from "./settings";

export const configMap = rule({
    name: "no-credential-in-config-map",
    description:
        "ConfigMaps hold no credentials: everybody who may read the namespace reads them, and they are not encrypted.",
    reference: cisEks("5.3.1"),
    fix: "put the file into a Secret.",
    severity: "critical",
    settings: exceptions,
    enforcement: everywhere,
}).checks(k8s.core.v1.ConfigMap, ({ data }, { report, eachEntry, settings }) => {
    eachEntry(data, (key, value) => {
        const found = credentialNamed(key, value);
        if (found && !isExcepted(key, settings)) {
            report(`data.${key} holds ${found}`);
        }
    });
});
