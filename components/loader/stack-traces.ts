/**
 * The Pulumi SDK writes down, at every promise, the stack that made it; nobody reads that but the SDK's own search for
 * leaks, with PULUMI_DEBUG_PROMISE_LEAKS
 * (https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/runtime/debuggable.ts). To look ten frames up in source
 * maps each time takes longer than all the program's own code. Every other stack, such as an error's, still shows the
 * lines of the TypeScript.
 */
const formatted = Error.prepareStackTrace?.bind(Error);

if (formatted && !process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
    Error.prepareStackTrace = (error, frames): unknown =>
        frames[0]?.getFunctionName() === "debuggablePromise"
            ? ""
            : (formatted(error, frames) as unknown);
}
