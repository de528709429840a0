import { cisEks } from "../references";
import { Container, checksContainers, commandLine } from "../resources/pods";
import { Check, rule } from "../rule";
import { credentialIn, credentialNamed } from "./credential";
import { everywhere, exceptions, isExcepted } from "./settings";

export const environment = checksContainers(
    rule({
        name: "no-credential-in-environment",
        description:
            "Environment variables and command lines hold no credentials: kubectl describe, process lists and crash reports show them.",
        reference: cisEks("4.4.1"),
        fix: "mount a Secret, or take the variable from one by valueFrom.secretKeyRef.",
        severity: "critical",
        settings: exceptions,
        enforcement: everywhere,
    }),
    (container, context) => {
        context.part(() => checkVariables(container, context));
        context.part(() =>
            context.each(commandLine(container), (word) => {
                const found = credentialIn(word);
                if (found) {
                    context.report(
                        `the command line of container ${container.name} holds ${found}`,
                    );
                }
            }),
        );
    },
);

function checkVariables(
    container: Container,
    { report, each, settings }: Check<typeof exceptions>,
): void {
    each(container.env, ({ name, value }) => {
        const found = value === undefined ? undefined : credentialNamed(name, value);
        if (found && !isExcepted(name, settings)) {
            report(`variable ${name} of container ${container.name} holds ${found}`);
        }
    });
}
