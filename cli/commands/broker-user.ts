import { Command } from "commander";
import { CommandContext } from "../context";
import { createBrokerUser, deleteBrokerUser } from "../stores/broker-users";

/** `hysds-ops broker-user`: a second user of the broker beside the one that HySDS connects as, for a new password. */
export function brokerUserCommand(context: CommandContext): Command {
    return new Command("broker-user")
        .description("makes an administrator of RabbitMQ and prints its password, or deletes one")
        .argument("<name>", "user name")
        .option("--delete", "delete it, once nothing connects as it")
        .action(async (name: string, { delete: isOver }: { readonly delete?: boolean }) => {
            const installation = await context.open();
            if (isOver) {
                await deleteBrokerUser(installation, name);
                context.stderr.write(`${name} is no user of the broker any more.\n`);
            } else {
                const password = await createBrokerUser(installation, name);
                // Alone, for a pipe into `pulumi config set --secret`.
                context.stdout.write(`${password}\n`);
            }
        });
}
