import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

export interface GeneratedPassword {
    /** A secret. */
    readonly password: pulumi.Output<string>;
    /** bcrypt of the password, a secret as well. */
    readonly bcryptHash: pulumi.Output<string>;
}

/**
 * 32 random letters and digits: 190 bits, within the rules of every store, and plain in every file that holds them.
 *
 * @param protect kept with the store that it opens
 */
export function generatePassword(
    name: string,
    parent: pulumi.Resource,
    protect: boolean,
): GeneratedPassword {
    const generated = new random.RandomPassword(
        `${name}-password`,
        { length: 32, special: false },
        { parent, protect, retainOnDelete: protect },
    );
    return {
        password: pulumi.secret(generated.result),
        bcryptHash: pulumi.secret(generated.bcryptHash),
    };
}
