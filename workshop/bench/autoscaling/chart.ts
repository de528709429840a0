import { EChartsOption, LineSeriesOption, init } from "echarts";
import { Sample } from "./simulate";

const WIDTH = 900;
const PANEL_HEIGHT = 130;
const PANEL_GAP = 50;
const TOP = 60;

interface Panel {
    readonly title: string;
    readonly of: (sample: Sample) => number;
    readonly colour: string;
    /** Whether the value holds until the next one. */
    readonly isStep: boolean;
}

const PANELS: readonly Panel[] = [
    {
        title: "Queue depth, messages ready and unacknowledged",
        of: ({ depth }) => depth,
        colour: "#4269d0",
        isStep: false,
    },
    { title: "Worker pods", of: ({ pods }) => pods, colour: "#3ca951", isStep: true },
    { title: "Nodes", of: ({ nodes }) => nodes, colour: "#ff725c", isStep: true },
    {
        title: "Cost, US dollars",
        of: ({ dollars }) => Number(dollars.toFixed(2)),
        colour: "#8a63d2",
        isStep: false,
    },
];

/** What happened over time as an SVG document: depth, pods, nodes and cost above each other, over the same hours. */
export function renderChart(samples: readonly Sample[], title: string): string {
    const height = TOP + PANELS.length * (PANEL_HEIGHT + PANEL_GAP);
    const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
    chart.setOption(options(samples, title));
    const svg = chart.renderToSVGString();
    chart.dispose();
    return `${svg}\n`;
}

function options(samples: readonly Sample[], title: string): EChartsOption {
    const top = (index: number): number => TOP + index * (PANEL_HEIGHT + PANEL_GAP);
    const hours = Math.ceil((samples[samples.length - 1]?.at ?? 0) / 3600);
    return {
        animation: false,
        backgroundColor: "#ffffff",
        title: [
            { text: title, left: 10, top: 8, textStyle: { fontSize: 15 } },
            ...PANELS.map((panel, index) => ({
                text: panel.title,
                left: 60,
                top: top(index) - 22,
                textStyle: { fontSize: 12, fontWeight: "normal" as const },
            })),
        ],
        grid: PANELS.map((_, index) => ({
            left: 60,
            right: 20,
            top: top(index),
            height: PANEL_HEIGHT,
        })),
        xAxis: PANELS.map((_, gridIndex) => ({
            type: "value",
            gridIndex,
            max: hours,
            name: gridIndex === PANELS.length - 1 ? "hours" : "",
            nameLocation: "middle",
            nameGap: 24,
        })),
        yAxis: PANELS.map((_, gridIndex) => ({ type: "value", gridIndex, splitNumber: 3 })),
        series: PANELS.map((panel, index) => series(panel, index, samples)),
    };
}

function series(
    { of, colour, isStep }: Panel,
    index: number,
    samples: readonly Sample[],
): LineSeriesOption {
    return {
        type: "line",
        xAxisIndex: index,
        yAxisIndex: index,
        data: samples.map((sample) => [sample.at / 3600, of(sample)]),
        showSymbol: false,
        sampling: "lttb",
        step: isStep ? "end" : undefined,
        lineStyle: { width: 1.5, color: colour },
        areaStyle: { color: colour, opacity: 0.12 },
    };
}
