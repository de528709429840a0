import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBackends } from "../../../components/backends";
import { firstUser } from "../../../components/backends/aws/broker-credentials";
import { Backends } from "../../../components/backends/backends";
import { createPlatform } from "../../../components/platform";
import { simulatedProviders } from "../../../workshop/plan/simulated-outputs";
import { Registered, registered } from "../../support/mocks";
import { awsSettings, managedBackends } from "../../support/settings";

const BROKER = "aws:mq/broker:Broker";

type RabbitmqChanges = NonNullable<Parameters<typeof managedBackends>[0]>["rabbitmq"];

afterEach(() => {
    vi.restoreAllMocks();
});

/** What the state has of a broker, whatever the program says of its users by now. */
function brokerMadeWith(users: readonly object[]): void {
    const answer = simulatedProviders.newResource.bind(simulatedProviders);
    vi.spyOn(simulatedProviders, "newResource").mockImplementation(async (args) => {
        const made = await answer(args);
        return args.type === BROKER
            ? { ...made, state: { ...(made.state as object), users } }
            : made;
    });
}

async function credentialsOf(
    rabbitmq: RabbitmqChanges,
): Promise<{ stack: Registered; username?: string; password?: string }> {
    const settings = awsSettings({ backends: managedBackends({ rabbitmq }) });
    let backends: Backends | undefined;
    const stack = await registered(() => {
        backends = createBackends(settings, createPlatform(settings));
    });
    const resolved = backends?.broker.resolved();
    const { username, password } = await new Promise<{ username?: string; password?: string }>(
        (resolve) => void resolved?.apply(resolve),
    );
    return { stack, username, password };
}

describe("the user that HySDS connects to Amazon MQ as", () => {
    it("is the one that the broker was made with, although a new password was generated since", async () => {
        brokerMadeWith([{ username: "hysds", password: "as-it-was-made" }]);
        const { username, password } = await credentialsOf({});
        expect({ username, password }).toEqual({ username: "hysds", password: "as-it-was-made" });
    });

    it("is not another one as long as the broker knows no other: the message has both ways to go on", () => {
        expect(() =>
            firstUser([{ username: "hysds", password: "as-it-was-made" }], "hysds-2"),
        ).toThrow(
            /rabbitmqUsername is hysds-2, and the broker was made with hysds.*config set hysds:rabbitmqUsername hysds\. .*broker-user hysds-2 \| pulumi config set --secret hysds:rabbitmqPassword/,
        );
    });

    it("is another one with a password of its own, and the broker is told nothing", async () => {
        brokerMadeWith([{ username: "hysds", password: "as-it-was-made" }]);
        const { stack, username, password } = await credentialsOf({
            username: "hysds-2",
            password: pulumi.secret("second-users-0"),
        });
        expect({ username, password }).toEqual({ username: "hysds-2", password: "second-users-0" });
        expect(stack.one(BROKER).options.ignoreChanges).toContain("users");
        expect(JSON.stringify(stack.all)).not.toContain("second-users-0");
    });

    it("has to be named where a refresh by an older provider has emptied the state", () => {
        expect(() => firstUser([], "hysds")).toThrow(/set hysds:rabbitmqUsername and/);
    });

    it("is born with a new broker", async () => {
        const { stack } = await credentialsOf({
            username: "hysds-2",
            password: pulumi.secret("second-users-0"),
        });
        expect(stack.inputs(BROKER).users).toEqual([
            { username: "hysds-2", password: "second-users-0" },
        ]);
    });
});
