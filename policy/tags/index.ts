import { subject } from "../subject";
import { requiredTags } from "./required-tags";

/** What a resource says about itself. */
export const tags = subject("Tags", [requiredTags]);
