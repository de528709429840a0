import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { createBackends } from "../../../components/backends";
import { brokerCredentials, firstUser } from "../../../components/backends/aws/broker-credentials";
import { createPlatform } from "../../../components/platform";
import { registered } from "../../support/mocks";
import { awsSettings, managedBackends } from "../../support/settings";

const BROKER = "aws:mq/broker:Broker";
const MADE_WITH = { username: "hysds", password: "as-it-was-made" };
const SECOND = { username: "hysds-2", password: pulumi.secret("second-users-0") };

/** What opens a broker of which the state has these users. */
async function opens(
    users: readonly object[],
    rabbitmq: NonNullable<Parameters<typeof managedBackends>[0]>["rabbitmq"],
): Promise<unknown> {
    const broker = { users: pulumi.secret(users) } as unknown as aws.mq.Broker;
    const settings = managedBackends({ rabbitmq }).rabbitmq;
    const { username, password } = brokerCredentials(broker, settings);
    expect(await pulumi.isSecret(password)).toBe(true);
    return new Promise((resolve) => {
        pulumi.unsecret(pulumi.all({ username, password })).apply(resolve);
    });
}

describe("the user that HySDS connects to Amazon MQ as", () => {
    it("is the one that the broker was made with, whatever password was generated since", async () => {
        expect(await opens([MADE_WITH], {})).toEqual(MADE_WITH);
    });

    it("is not another one as long as the broker knows no other: the message has both ways to go on", () => {
        expect(() => firstUser([MADE_WITH], "hysds-2")).toThrow(
            /rabbitmqUsername is hysds-2, and the broker was made with hysds.*config set hysds:rabbitmqUsername hysds\. .*broker-user hysds-2 \| pulumi config set --secret hysds:rabbitmqPassword/,
        );
    });

    it("is another one with a password of its own", async () => {
        expect(await opens([MADE_WITH], SECOND)).toEqual({
            username: "hysds-2",
            password: "second-users-0",
        });
    });

    it("has to be named where a refresh by an older provider has emptied the state", () => {
        expect(() => firstUser([], "hysds")).toThrow(/set hysds:rabbitmqUsername and/);
    });

    it("is born with a new broker, which is told of no other one later", async () => {
        const settings = awsSettings({ backends: managedBackends({ rabbitmq: SECOND }) });
        const stack = await registered(
            () => void createBackends(settings, createPlatform(settings)),
        );
        expect(stack.inputs(BROKER).users).toEqual([
            { username: "hysds-2", password: "second-users-0" },
        ]);
        expect(stack.one(BROKER).options.ignoreChanges).toContain("users");
        expect(JSON.stringify(stack.all)).not.toContain("second-users-0");
    });
});
