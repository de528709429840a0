import * as pulumi from "@pulumi/pulumi";

/**
 * Gives every taggable AWS resource below a component the stack's tags, beneath the resource's own. One place, so no
 * resource can be forgotten; as inputs, so previews and policies see them, which the tags of a provider's
 * `defaultTags` would not be (those appear in `tagsAll` only). An explicit provider would also ignore the `aws:*`
 * configuration (profile, assumed role) that the user gave the default one.
 *
 * The SDK passes every input that a type has, unset ones as `undefined`: a type with a `tags` key can be tagged.
 * Remote components (awsx, eks) hand theirs on to what they create. They are given a plain map wherever the resource's
 * own is one: awsx merges by spreading (`{ Name: name, ...args.tags }`), which of an Output copies its inner fields, and
 * the children would have those tags alone
 * (https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/vpc.ts, `sharedTags`).
 */
export function tagging(tags: Readonly<Record<string, string>>): pulumi.ResourceTransformation {
    return ({ type, props, opts }) => {
        if (!/^(aws|awsx|eks):/.test(type) || !("tags" in props) || isRead(opts)) {
            return undefined;
        }
        const own = props.tags as pulumi.Input<Record<string, string>> | undefined;
        const merge = (set?: Record<string, string>): Record<string, string> => ({
            ...tags,
            ...set,
        });
        const isPending = pulumi.Output.isInstance(own) || own instanceof Promise;
        return {
            props: { ...props, tags: isPending ? pulumi.output(own).apply(merge) : merge(own) },
            opts,
        };
    };
}

/**
 * Adds tags to children of a remote component that gives them none, or too few. The engine asks for each child that the
 * component registers, which transformations do not see.
 *
 * @param tagsByType what to add, by type token
 */
export function taggingChildren(
    tagsByType: Readonly<Record<string, Readonly<Record<string, string>>>>,
): pulumi.ResourceTransform {
    return ({ type, props, opts }) => {
        const added = tagsByType[type];
        if (added === undefined) {
            return undefined;
        }
        const own = (props as { tags?: pulumi.Input<Record<string, string>> }).tags;
        const tags = pulumi.output(own).apply((set) => ({ ...set, ...added }));
        return { props: { ...props, tags }, opts };
    };
}

/** Whether a resource is only read: it is somebody else's, and nothing of it is changed. */
export function isRead(opts: pulumi.ResourceOptions): boolean {
    return "id" in opts && opts.id !== undefined;
}
