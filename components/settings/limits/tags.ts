/** Most tags of a resource. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const MAX_TAGS = 50;

/** Tags that resources have beside those of the stack: their names, and what the cluster autoscaler and awsx look for. */
const OWN_TAGS = 10;

/** Most tags that a stack may give all of its resources. */
export const maxStackTags = MAX_TAGS - OWN_TAGS;
