import type { Rule } from "./rule";
import { cost } from "./cost";
import { encryption } from "./encryption";
import { exposure } from "./exposure";
import { iam } from "./iam";
import { kubernetes } from "./kubernetes";
import { lifecycle } from "./lifecycle";
import { resilience } from "./resilience";
import { secrets } from "./secrets";
import { Subject } from "./subject";
import { tags } from "./tags";

/** Every subject of the pack, in the order of the documentation. */
export const subjects: readonly Subject[] = [
    encryption,
    exposure,
    iam,
    resilience,
    lifecycle,
    cost,
    tags,
    kubernetes,
    secrets,
];

/** Every rule of the pack. */
export const rules: readonly Rule[] = subjects.flatMap((subject) => subject.rules);
