import { setTimeout as sleep } from "node:timers/promises";
import { Properties } from "./wire/values";

export type Operation =
    "check" | "diff" | "create" | "read" | "update" | "delete" | "invoke" | "construct" | "call";

/** One request that the engine made. */
export interface Call {
    readonly operation: Operation;
    /** Type token, or a function's token. */
    readonly type: string;
    /** Logical name; empty for functions. */
    readonly name: string;
    /** The provider's id; empty where there is none yet. */
    readonly id: string;
    /** Without secret marks. */
    readonly inputs: Properties;
    readonly preview: boolean;
    /** Milliseconds since the epoch. */
    readonly startedAt: number;
    /** The same, when it was answered; undefined while it is under way. */
    finishedAt?: number;
}

/** Which call a fault befalls: the nth of those that match. Previews are not counted. */
export interface FaultTarget {
    /** Type or function token; any when absent. */
    readonly type?: string;
    readonly operation: Operation;
    /** 1 is the next one; 1 by default. */
    readonly nth?: number;
}

export interface Failure extends FaultTarget {
    readonly message: string;
    /**
     * `before` (default): AWS refuses and nothing comes to be. `after`: AWS has done it but waiting for it fails, so the
     * engine records a resource that is there and not ready.
     */
    readonly stage?: "before" | "after";
}

export interface Delay extends FaultTarget {
    /** How long AWS takes after it has accepted the request. What is created exists from the start of it. */
    readonly ms: number;
}

interface Counted<Fault extends FaultTarget> {
    readonly fault: Fault;
    left: number;
}

/** The log of all calls, and the faults that are to befall some of them. */
export class Calls {
    public readonly log: Call[] = [];
    private failures: Counted<Failure>[] = [];
    private delays: Counted<Delay>[] = [];
    private interruption = new AbortController();

    failOn(fault: Failure): void {
        this.failures.push({ fault, left: fault.nth ?? 1 });
    }

    delayOn(fault: Delay): void {
        this.delays.push({ fault, left: fault.nth ?? 1 });
    }

    /** Forgets every fault that has not happened. */
    clearFaults(): void {
        this.failures = [];
        this.delays = [];
    }

    /** Ends every wait with an error, as a provider does when the engine cancels it. */
    interrupt(): void {
        this.interruption.abort();
        this.interruption = new AbortController();
    }

    /** Logs a call and says what is to befall it. */
    begin(call: Omit<Call, "startedAt" | "finishedAt">): { call: Call; fate: Fate } {
        const logged: Call = { ...call, startedAt: Date.now() };
        this.log.push(logged);
        const due = call.preview
            ? {}
            : { failure: this.due(this.failures, call), delay: this.due(this.delays, call) };
        return { call: logged, fate: new Fate(due, this.interruption.signal) };
    }

    private due<Fault extends FaultTarget>(
        faults: Counted<Fault>[],
        call: Pick<Call, "operation" | "type">,
    ): Fault | undefined {
        let due: Fault | undefined;
        for (const counted of faults) {
            const { type, operation } = counted.fault;
            if (operation === call.operation && (type === undefined || type === call.type)) {
                counted.left -= 1;
                due ??= counted.left === 0 ? counted.fault : undefined;
            }
        }
        return due;
    }
}

/** What is to befall one call. */
export class Fate {
    constructor(
        private readonly due: { readonly failure?: Failure; readonly delay?: Delay },
        private readonly interruption: AbortSignal,
    ) {}

    /** Why AWS refuses the call; undefined when it does not. */
    refusal(): string | undefined {
        const { failure } = this.due;
        return failure && failure.stage !== "after" ? failure.message : undefined;
    }

    /** Waits as long as AWS takes; gives the reason when waiting ends badly. */
    async settle(): Promise<string | undefined> {
        const { delay, failure } = this.due;
        if (delay) {
            try {
                await sleep(delay.ms, undefined, { signal: this.interruption, ref: false });
            } catch {
                return "context canceled";
            }
        }
        return failure?.stage === "after" ? failure.message : undefined;
    }
}
