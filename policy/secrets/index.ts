import { subject } from "../subject";
import { annotation } from "./annotation";
import { configMap } from "./config-map";
import { environment } from "./environment";
import { escapedSecrets } from "./escaped-secrets";
import { passwordLength } from "./password-length";
import { userData } from "./user-data";

/** Where credentials are, and where they are not. */
export const secrets = subject("Secrets", [
    configMap,
    environment,
    annotation,
    userData,
    passwordLength,
    escapedSecrets,
]);
