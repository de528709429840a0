import * as pulumi from "@pulumi/pulumi";

/**
 * Gives every taggable AWS resource below a component the stack's tags, beneath the resource's own. One place, so no
 * resource can be forgotten; as inputs, so previews and policies see them, which the tags of a provider's
 * `defaultTags` would not be (those appear in `tagsAll` only). An explicit provider would also ignore the `aws:*`
 * configuration (profile, assumed role) that the user gave the default one.
 *
 * The SDK passes every input that a type has, unset ones as `undefined`: a type with a `tags` key can be tagged.
 * Remote components (awsx, eks) hand theirs on to what they create.
 */
export function tagging(tags: Readonly<Record<string, string>>): pulumi.ResourceTransformation {
    return ({ type, props, opts }) => {
        if (!/^(aws|awsx|eks):/.test(type) || !("tags" in props)) {
            return undefined;
        }
        const own = pulumi.output(props.tags as pulumi.Input<Record<string, string>> | undefined);
        return { props: { ...props, tags: own.apply((set) => ({ ...tags, ...set })) }, opts };
    };
}
