import { createReadStream, createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
    DeleteObjectCommand,
    GetObjectCommand,
    HeadObjectCommand,
    S3Client,
    S3ServiceException,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { OperationsError, oneLine } from "../errors";

/** An object of S3. */
export interface ObjectLocation {
    readonly bucket: string;
    readonly key: string;
    /** Region of the bucket; that of the shell's AWS configuration when absent. */
    readonly region?: string;
}

/**
 * Objects in S3, with the AWS credentials of the shell. Where they are is told as in the AWS CLI: `AWS_PROFILE`,
 * `AWS_REGION`, `AWS_ENDPOINT_URL_S3`.
 */
export class ObjectStore {
    private readonly clients = new Map<string | undefined, S3Client>();

    /** The metadata of an object; undefined when there is none. */
    async metadata(
        location: ObjectLocation,
    ): Promise<Readonly<Record<string, string>> | undefined> {
        try {
            const { Metadata = {} } = await this.client(location).send(
                new HeadObjectCommand(named(location)),
            );
            return Metadata;
        } catch (failure) {
            if (isNotFound(failure)) {
                return undefined;
            }
            throw refused("read", location, failure);
        }
    }

    /** Uploads a file, in parts where it is large. */
    async upload(
        file: string,
        location: ObjectLocation,
        metadata: Readonly<Record<string, string>> = {},
    ): Promise<void> {
        const params = { ...named(location), Body: createReadStream(file), Metadata: metadata };
        try {
            await new Upload({ client: this.client(location), params }).done();
        } catch (failure) {
            throw refused("write", location, failure);
        }
    }

    async download(location: ObjectLocation, file: string): Promise<void> {
        try {
            const { Body } = await this.client(location).send(
                new GetObjectCommand(named(location)),
            );
            await pipeline(Body as Readable, createWriteStream(file));
        } catch (failure) {
            throw refused("read", location, failure);
        }
    }

    /** Removes an object; one that is not there is no failure. */
    async remove(location: ObjectLocation): Promise<void> {
        try {
            await this.client(location).send(new DeleteObjectCommand(named(location)));
        } catch (failure) {
            throw refused("remove", location, failure);
        }
    }

    private client({ region }: ObjectLocation): S3Client {
        const client =
            this.clients.get(region) ??
            new S3Client({ ...(region ? { region } : {}), followRegionRedirects: true });
        this.clients.set(region, client);
        return client;
    }
}

function named({ bucket, key }: ObjectLocation): { Bucket: string; Key: string } {
    return { Bucket: bucket, Key: key };
}

function isNotFound(failure: unknown): boolean {
    return failure instanceof S3ServiceException && failure.$metadata.httpStatusCode === 404;
}

function refused(verb: string, { bucket, key }: ObjectLocation, failure: unknown): OperationsError {
    return new OperationsError(
        `cannot ${verb} s3://${bucket}/${key} (${oneLine(failure)}): see "aws sts get-caller-identity" for who asks`,
        { cause: failure },
    );
}
