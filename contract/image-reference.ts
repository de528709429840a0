/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const imageTag = /^(?!latest$)\w[\w.-]{0,127}$/;

/** A full image reference with a tag other than `latest`, a sha256 digest, or both. */
export const imageReference =
    /^[a-z0-9][a-z0-9._/-]*(:\d{1,5}\/[a-z0-9._/-]+)?(:(?!latest(@|$))\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;
