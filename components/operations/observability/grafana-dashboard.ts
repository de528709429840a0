import { PrometheusNames } from "./alarm";
import { Section, Unit } from "./panel";

// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts
const UNITS: Readonly<Record<Unit, string>> = {
    count: "short",
    percent: "percent",
    bytes: "bytes",
    seconds: "s",
    "per-second": "reqps",
};

const COLUMNS = 3;
const WIDTH = 8;
const HEIGHT = 8;

/** Variable of the dashboard: which Prometheus it reads, where Grafana has several. */
const DATA_SOURCE = { type: "prometheus", uid: "${datasource}" };

export interface GrafanaDashboardArgs {
    /** Of the dashboard; at most 40 characters, unique in Grafana. */
    readonly uid: string;
    readonly title: string;
    readonly names: PrometheusNames;
    readonly sections: readonly Section[];
}

/** A Grafana dashboard, as JSON: each section a row, with graphs three abreast. A pure function. */
export function grafanaDashboard(args: GrafanaDashboardArgs): string {
    return JSON.stringify({
        uid: args.uid,
        title: args.title,
        tags: ["hysds"],
        timezone: "utc",
        editable: false,
        schemaVersion: 39,
        time: { from: "now-6h", to: "now" },
        refresh: "1m",
        templating: {
            list: [
                {
                    name: "datasource",
                    label: "Data source",
                    type: "datasource",
                    query: "prometheus",
                },
            ],
        },
        panels: panels(args),
    });
}

function panels({ sections, names }: GrafanaDashboardArgs): object[] {
    const made: object[] = [];
    let y = 0;
    for (const { title, panels } of sections) {
        const graphs = panels.filter(({ prometheus }) => prometheus !== undefined);
        made.push({
            id: made.length + 1,
            type: "row",
            title,
            collapsed: false,
            gridPos: { x: 0, y, w: COLUMNS * WIDTH, h: 1 },
            panels: [],
        });
        y += 1;
        graphs.forEach(({ title: graphTitle, unit, prometheus = [] }, index) => {
            made.push({
                id: made.length + 1,
                type: "timeseries",
                title: graphTitle,
                datasource: DATA_SOURCE,
                gridPos: {
                    x: (index % COLUMNS) * WIDTH,
                    y: y + Math.floor(index / COLUMNS) * HEIGHT,
                    w: WIDTH,
                    h: HEIGHT,
                },
                fieldConfig: { defaults: { unit: UNITS[unit], min: 0 }, overrides: [] },
                targets: prometheus.map(({ expression, legend }, target) => ({
                    refId: String.fromCharCode("A".charCodeAt(0) + target),
                    datasource: DATA_SOURCE,
                    expr: expression(names),
                    legendFormat: legend,
                })),
            });
        });
        y += Math.ceil(graphs.length / COLUMNS) * HEIGHT;
    }
    return made;
}
