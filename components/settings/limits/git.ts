/** What comes before `/hysds.git`: a URL without credentials, which would be in the state for all to read. */
export const gitBaseUrl = /^(https?|git):\/\/[^\s@?#]+[^\s@?#/]$/;

/** A branch, a tag or a commit. https://git-scm.com/docs/git-check-ref-format, less what BuildKit takes for a folder */
export const gitRef = /^(?!.*(\.\.|\/\/))[A-Za-z0-9]([\w./+-]*[\w+-])?$/;
