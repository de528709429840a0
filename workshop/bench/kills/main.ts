import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

import { exitOnError } from "../../engine/errors";
import { elapsed } from "../../engine/progress";
import { Installation } from "../../../test/e2e/support/installation";
import { type Durations, stopped, timed, trial } from "./trial";

/**
 * `npm run bench:kills`: kills processes of `npm start`, `npm run pulumi -- up` and `npm run stop` at random moments,
 * and counts after how many of the kills the next `npm start` works and `npm run stop` leaves nothing. Linux only.
 *
 * --kills <number> (200), --seed <number> (random): each kill has the seed of the one before and one; to repeat a kill,
 * give its seed and --kills 1.
 */
async function main(): Promise<void> {
    const { values } = parseArgs({
        options: { kills: { type: "string", default: "200" }, seed: { type: "string" } },
    });
    const kills = Number(values.kills);
    const first = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
    const installation = new Installation();
    const durations = await measure(installation);
    let survived = 0;
    for (let index = 0; index < kills; index++) {
        const { story, fault } = await trial(installation, first + index, durations);
        survived += fault === undefined ? 1 : 0;
        console.log(`${index + 1}/${kills} seed ${first + index}: ${story}`);
        if (fault !== undefined) {
            console.log(`NOT SURVIVED: ${fault}`);
        }
    }
    const left = await stopped(installation);
    console.log(`${survived} of ${kills} kills survived. ${left ?? "Nothing is left."}`);
    installation.remove();
    process.exitCode = survived === kills && left === undefined ? 0 : 1;
}

/** One round that nobody disturbs: what it takes is the time in which kills are spread. */
async function measure(installation: Installation): Promise<Durations> {
    const start = await timed(installation, "start");
    const up = await timed(installation, "up");
    const stop = await timed(installation, "stop");
    const took = [start, up, stop].map(elapsed).join(", ");
    console.log(`Undisturbed: start, up and stop take ${took}.`);
    return { start, up, stop };
}

void exitOnError(main());
