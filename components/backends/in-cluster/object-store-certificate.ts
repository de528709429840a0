import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";

/** A key and its certificate, in PEM. */
export interface ServerCertificate {
    /** Holds the private key: a secret. */
    readonly key: string;
    /** Signed by that key: whoever trusts it trusts this server and nothing else. */
    readonly certificate: string;
}

/** The start of PKCS #8 for Ed25519, before its seed of 32 bytes. https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8_START = Buffer.from("302e020100300506032b657004220420", "hex");

/** https://www.rfc-editor.org/rfc/rfc8410#section-3 */
const ED25519 = new x509.AlgorithmIdentifier({ algorithm: "1.3.101.112" });

const COMMON_NAME = "2.5.4.3";

/** Any moment before the first use does; a fixed one keeps the certificate the same at each evaluation. */
const NOT_BEFORE = new Date("2020-01-01T00:00:00Z");
/** "No well-defined expiration": https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 */
const NOT_AFTER = new Date("9999-12-31T23:59:59Z");

/**
 * The certificate of a server inside the cluster, a function of a stored secret and of the server's name alone: every
 * evaluation of the program makes the same one, because an Ed25519 key is 32 bytes and its signatures have no random
 * part (https://www.rfc-editor.org/rfc/rfc8032#section-5.1). It is replaced by replacing the secret.
 *
 * @param secret at least 128 bits of randomness
 * @param host DNS name that clients connect to, at most 64 characters
 */
export function serverCertificate(secret: string, host: string): ServerCertificate {
    const seed = Buffer.from(hkdfSync("sha256", secret, "", "hysds object store TLS key", 32));
    const key = createPrivateKey({
        key: Buffer.concat([PKCS8_START, seed]),
        format: "der",
        type: "pkcs8",
    });
    const publicKey = createPublicKey(key).export({ format: "der", type: "spki" });
    const unsigned = tbsCertificate(host, publicKey);
    const tbsBytes = Buffer.from(AsnConvert.serialize(unsigned));
    const certificate = new x509.Certificate({
        tbsCertificate: unsigned,
        tbsCertificateRaw: toArrayBuffer(tbsBytes),
        signatureAlgorithm: ED25519,
        signatureValue: toArrayBuffer(sign(null, tbsBytes, key)),
    });
    return {
        key: key.export({ format: "pem", type: "pkcs8" }).toString(),
        certificate: pem(Buffer.from(AsnConvert.serialize(certificate))),
    };
}

function tbsCertificate(host: string, publicKey: Buffer): x509.TBSCertificate {
    const subjectPublicKeyInfo = AsnConvert.parse(publicKey, x509.SubjectPublicKeyInfo);
    const keyId = createHash("sha1").update(new Uint8Array(subjectPublicKeyInfo.subjectPublicKey));
    const identifier = keyId.digest();
    const name = new x509.Name([
        new x509.RelativeDistinguishedName([
            new x509.AttributeTypeAndValue({
                type: COMMON_NAME,
                value: new x509.AttributeValue({ utf8String: host }),
            }),
        ]),
    ]);
    return new x509.TBSCertificate({
        version: x509.Version.v3,
        serialNumber: toArrayBuffer(serialNumber(identifier)),
        signature: ED25519,
        issuer: name,
        subject: name,
        validity: new x509.Validity({ notBefore: NOT_BEFORE, notAfter: NOT_AFTER }),
        subjectPublicKeyInfo,
        extensions: new x509.Extensions(extensions(host, identifier)),
    });
}

/** Those that strict verifiers ask for, such as Python's from 3.13 on. */
function extensions(host: string, identifier: Buffer): x509.Extension[] {
    const names = new x509.SubjectAlternativeName([new x509.GeneralName({ dNSName: host })]);
    const keyIdentifier = toArrayBuffer(identifier);
    return [
        extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true }), true),
        extension(
            x509.id_ce_keyUsage,
            new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign),
            true,
        ),
        extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
        extension(x509.id_ce_subjectAltName, names),
        extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(keyIdentifier)),
        extension(
            x509.id_ce_authorityKeyIdentifier,
            new x509.AuthorityKeyIdentifier({
                keyIdentifier: new x509.KeyIdentifier(keyIdentifier),
            }),
        ),
    ];
}

function extension(id: string, value: object, critical = false): x509.Extension {
    return new x509.Extension({
        extnID: id,
        critical,
        extnValue: new OctetString(AsnConvert.serialize(value)),
    });
}

/** Positive and not zero: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2 */
function serialNumber(identifier: Buffer): Buffer {
    return Buffer.concat([Buffer.from([1]), identifier.subarray(0, 15)]);
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
    return Uint8Array.from(bytes).buffer;
}

function pem(der: Buffer): string {
    const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
    return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
