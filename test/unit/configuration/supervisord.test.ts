import { describe, expect, it } from "vitest";
import { SupervisedProgram, renderSupervisord } from "../../../components/hysds/configuration";

const orchestrator: SupervisedProgram = {
    name: "orchestrator_jobs",
    command: ["celery", "--app=hysds", "worker", "-n", "orchestrator_jobs.%(process_num)02d.%h"],
    processes: 32,
    stopWaitSeconds: 300,
};

function setting(programs: readonly SupervisedProgram[], key: string): string | undefined {
    return new RegExp(`^${key} = (.*)$`, "m").exec(renderSupervisord(programs))?.[1];
}

describe("supervisord.conf", () => {
    it("runs in the foreground and starts every process of a program", () => {
        expect(setting([orchestrator], "nodaemon")).toBe("true");
        expect(setting([orchestrator], "numprocs")).toBe("32");
        expect(setting([orchestrator], "stopwaitsecs")).toBe("300");
    });

    it("expands the process number, and no other percent sign", () => {
        expect(setting([orchestrator], "command")).toBe(
            "celery --app=hysds worker -n orchestrator_jobs.%(process_num)02d.%%h",
        );
    });

    it("gives variables to the command", () => {
        const program = { ...orchestrator, command: ["celery"], environment: { CFG: "/a b" } };
        expect(setting([program], "command")).toBe("env 'CFG=/a b' celery");
    });

    it("has a section for each program", () => {
        const text = renderSupervisord([orchestrator, { ...orchestrator, name: "other" }]);
        expect(text.match(/^\[program:.*\]$/gm)).toEqual([
            "[program:orchestrator_jobs]",
            "[program:other]",
        ]);
    });

    it("refuses what the format cannot hold", () => {
        expect(() => renderSupervisord([{ ...orchestrator, name: "a]b" }])).toThrow(RangeError);
        expect(() => renderSupervisord([{ ...orchestrator, directory: "/a\n[x]" }])).toThrow(
            RangeError,
        );
    });
});
