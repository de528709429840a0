import * as aws from "@pulumi/aws";
import { document } from "../references";
import { rule } from "../rule";
import { credentialIn } from "./credential";
import { everywhere } from "./settings";

export const userData = rule({
    name: "no-credential-in-user-data",
    description:
        "User data of nodes and configurations of brokers hold no credentials: who may describe the resource reads them.",
    reference: document(
        "EC2 instance user data",
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
    ),
    fix: "let the node read the value from Secrets Manager by its role.",
    severity: "critical",
    enforcement: everywhere,
})
    .checks(aws.ec2.LaunchTemplate, ({ userData: encoded }, { report }) => {
        const found = credentialIn(Buffer.from(encoded ?? "", "base64").toString("utf8"));
        if (found) {
            report(`userData holds ${found}`);
        }
    })
    .checks(aws.mq.Configuration, ({ data }, { report }) => {
        const found = credentialIn(data);
        if (found) {
            report(`data holds ${found}`);
        }
    });
