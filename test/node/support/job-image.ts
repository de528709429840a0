import { createReadStream } from "node:fs";
import * as fs from "node:fs/promises";
import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import type { ScenarioImage } from "../package/package";
import { STAND_INS } from "./images/bases";
import type { ImageFactory } from "./images";

/** Archives of images on a web server that pods reach: HySDS's workers download and load them. */
export class JobImages {
    private constructor(
        private readonly factory: ImageFactory,
        private readonly folder: string,
        private readonly server: Server,
        private readonly url: string,
    ) {}

    /** @param address where to listen: one of this machine's that pods reach */
    static async serve(factory: ImageFactory, folder: string, address: string): Promise<JobImages> {
        await fs.mkdir(folder, { recursive: true });
        const server = createServer((request, response) => {
            const file = path.join(folder, path.basename(request.url ?? ""));
            pipeline(createReadStream(file), response).catch(() => response.destroy());
        });
        await new Promise<void>((resolve) => server.listen(0, address, resolve));
        const { port } = server.address() as AddressInfo;
        return new JobImages(factory, folder, server, `http://${address}:${port}`);
    }

    /** Builds the image of the scenario's jobs as one that runs as a user, and publishes its archive. */
    async publish(user: string): Promise<ScenarioImage> {
        const name = `scenario-of-${user}:1`;
        const file = `${name.replace(":", "-")}.tar`;
        await this.factory.build({
            reference: name,
            dockerfile: path.join(STAND_INS, "job"),
            args: { USER: user },
            archive: path.join(this.folder, file),
        });
        return { name, url: `${this.url}/${file}` };
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }
}
