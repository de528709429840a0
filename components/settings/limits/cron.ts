/** The least and the most of each field: minute, hour, day of the month, month, day of the week. */
const FIELDS: readonly (readonly [number, number])[] = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 6],
];

/** Days of each month; February's in a leap year. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** One range of a field: every value, a value or from one to another, each with or without a step. */
const RANGE = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/([1-9]\d?))?$/;

function valuesOf(range: string, [min, max]: readonly [number, number]): readonly number[] {
    const match = RANGE.exec(range);
    if (!match) {
        return [];
    }
    const [, first, last, step] = match;
    const from = Number(first ?? min);
    // With a step, a single value means from there on.
    const to = Number(last ?? (first === undefined || step !== undefined ? max : first));
    return from < min || to > max || from > to
        ? []
        : Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(
              (value) => (value - from) % Number(step ?? 1) === 0,
          );
}

/**
 * Whether text is a schedule of a CronJob, in numbers, that comes round: its ranges do not run backwards, and a month
 * that it names has a day that it names.
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax; a CronJob's controller reads
 * it by https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */
export function isCronSchedule(text: string): boolean {
    const fields = text.split(" ");
    const ranges = fields.map((field, index) =>
        field.split(",").map((range) => valuesOf(range, FIELDS[index] ?? [0, -1])),
    );
    if (fields.length !== FIELDS.length || ranges.flat().some((values) => values.length === 0)) {
        return false;
    }
    const [, , days = [], months = []] = ranges.map((values) => values.flat());
    // With days of both kinds, either of them will do.
    const weekday = fields[4] !== "*";
    return weekday || months.some((month) => days.some((day) => day <= (DAYS[month - 1] ?? 0)));
}
