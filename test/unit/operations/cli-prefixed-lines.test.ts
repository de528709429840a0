import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { prefixedLines } from "../../../cli/workloads/prefixed-lines";

it("keeps characters whole that come in two chunks, at an end of a log too", async () => {
    const log = Buffer.from("température\nGelände ☂");
    const single = Readable.from([...log].map((byte) => Buffer.from([byte])));
    const written = await text(single.pipe(prefixedLines("pod | ")));
    expect(written).toBe("pod | température\npod | Gelände ☂\n");
});
