import * as fs from "node:fs";
import * as path from "node:path";

/** What vitest's JSON reporter writes; only what is summed. */
interface Report {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
    readonly success: boolean;
}

const reportsDir = path.resolve(__dirname, "../../out/reports");

/**
 * Sums the reports that the test runs left in `out/reports`. A run that failed without a failed test (an install, a
 * type error, a test file that could not be loaded) counts as one failure, so the line never hides it.
 */
function summarize(exitStatus: number): string {
    const files = fs.existsSync(reportsDir) ? fs.readdirSync(reportsDir) : [];
    const reports = files.map(
        (file) => JSON.parse(fs.readFileSync(path.join(reportsDir, file), "utf8")) as Report,
    );
    const passed = reports.reduce((sum, report) => sum + report.numPassedTests, 0);
    const failed = reports.reduce((sum, report) => sum + report.numFailedTests, 0);
    return `${passed} passed, ${failed === 0 && exitStatus !== 0 ? 1 : failed} failed`;
}

console.log(summarize(Number(process.argv[2] ?? 0)));
