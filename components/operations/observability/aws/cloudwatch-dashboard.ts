import { Settings } from "../../../settings/settings";
import { containerLogGroup, namespaceOf } from "./gateway-metrics";
import { CloudWatchSeries, Panel, Section } from "../panel";
import { Subject } from "../watched";

/** A subject whose dimensions are known. */
export type KnownSubject = Omit<Subject, "dimensions"> & {
    readonly dimensions: Readonly<Record<string, string>>;
};

export interface CloudWatchDashboardArgs {
    readonly settings: Settings;
    readonly region: string;
    readonly subjects: readonly KnownSubject[];
    readonly sections: readonly Section[];
}

interface Widget {
    readonly type: "text" | "metric" | "log";
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: Readonly<Record<string, unknown>>;
}

// The grid is 24 wide (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
const COLUMNS = 3;
const WIDTH = 8;
const HEIGHT = 6;

/** The body of a CloudWatch dashboard, as JSON: each section a heading and rows of three graphs. A pure function. */
export function cloudWatchDashboard(args: CloudWatchDashboardArgs): string {
    const widgets: Widget[] = [];
    let y = 0;
    for (const { title, panels } of args.sections) {
        const graphs = panels.flatMap((panel) => graph(panel, args) ?? []);
        if (graphs.length === 0) {
            continue;
        }
        widgets.push({
            type: "text",
            x: 0,
            y,
            width: COLUMNS * WIDTH,
            height: 1,
            properties: { markdown: `## ${title}` },
        });
        y += 1;
        widgets.push(
            ...graphs.map((each, index) => ({
                ...each,
                x: (index % COLUMNS) * WIDTH,
                y: y + Math.floor(index / COLUMNS) * HEIGHT,
                width: WIDTH,
                height: HEIGHT,
            })),
        );
        y += Math.ceil(graphs.length / COLUMNS) * HEIGHT;
    }
    return JSON.stringify({ widgets });
}

function graph(
    panel: Panel,
    args: CloudWatchDashboardArgs,
): Pick<Widget, "type" | "properties"> | undefined {
    const { region, settings } = args;
    const metrics = (panel.cloudwatch ?? []).flatMap((series) => lines(series, args));
    if (metrics.length > 0) {
        return {
            type: "metric",
            properties: {
                title: panel.title,
                region,
                view: "timeSeries",
                period: 300,
                metrics,
                yAxis: { left: { min: 0 } },
            },
        };
    }
    if (panel.logs && settings.observability.containerLogs === "cloudwatch") {
        const source = `SOURCE '${containerLogGroup(settings.namePrefix)}'`;
        const query = panel.logs({ jobsNamespace: settings.hysds.jobsNamespace });
        return {
            type: "log",
            properties: {
                title: panel.title,
                region,
                view: "timeSeries",
                query: `${source} | ${query}`,
            },
        };
    }
    return undefined;
}

/** A line for each thing that a series is about: namespace, metric, pairs of dimensions, and how it is drawn. */
function lines(
    { watched, metric, label }: CloudWatchSeries,
    { subjects, settings }: CloudWatchDashboardArgs,
): unknown[][] {
    return subjects
        .filter((subject) => subject.watched === watched)
        .map(({ name, dimensions }) => [
            namespaceOf(metric, settings),
            metric.name,
            ...Object.entries(dimensions).flat(),
            {
                stat: metric.statistic,
                label: [name, label].filter(Boolean).join(" ") || metric.name,
            },
        ]);
}
