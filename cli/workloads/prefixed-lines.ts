import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Passes on whole lines of UTF-8, each with a prefix; a last line without an end gets one. */
export function prefixedLines(prefix: string): Transform {
    // A character of several bytes may come in two chunks.
    const decoder = new StringDecoder("utf8");
    let rest = "";
    return new Transform({
        transform(chunk: Buffer, _encoding, done) {
            const lines = `${rest}${decoder.write(chunk)}`.split("\n");
            rest = lines.pop() ?? "";
            done(null, lines.map((line) => `${prefix}${line}\n`).join(""));
        },
        flush(done) {
            rest += decoder.end();
            done(null, rest === "" ? "" : `${prefix}${rest}\n`);
        },
    });
}
