import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { RabbitmqSettings } from "../../settings/settings";
import { Credentials } from "../endpoint";

/**
 * What opens the broker: the user of the settings, where these have its password, and else the one that the broker was
 * made with. The state has that one: Amazon MQ names no users of RabbitMQ, and the provider changes none
 * (`user` in https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/mq/broker.go).
 */
export function brokerCredentials(
    broker: aws.mq.Broker,
    { username, password }: RabbitmqSettings,
): Required<Credentials> {
    if (password) {
        return { username: pulumi.output(username), password };
    }
    const first = broker.users.apply((users) => firstUser(users, username));
    return {
        username: pulumi.unsecret(first.apply((user) => user.username)),
        password: pulumi.secret(first.apply((user) => user.password)),
    };
}

type BrokerUser = { readonly username: string; readonly password: string };

/** @throws pulumi.RunError, with the ways to go on, when the settings name another user than the broker's first one */
export function firstUser(users: readonly BrokerUser[] | undefined, username: string): BrokerUser {
    const [user] = users ?? [];
    if (!user) {
        throw new pulumi.RunError(
            "The state has no user of the RabbitMQ broker: set hysds:rabbitmqUsername and, with --secret, " +
                "hysds:rabbitmqPassword.",
        );
    }
    if (user.username !== username) {
        throw new pulumi.RunError(
            `hysds:rabbitmqUsername is ${username}, and the broker was made with ${user.username}: AWS changes no user ` +
                `of a RabbitMQ broker. Go on as before: pulumi config set hysds:rabbitmqUsername ${user.username}. ` +
                `Or make the new user first: npx hysds-ops broker-user ${username} | ` +
                "pulumi config set --secret hysds:rabbitmqPassword",
        );
    }
    return user;
}
