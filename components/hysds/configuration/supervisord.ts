/** One Celery queue's processes, or any other command, that supervisord keeps running in a pod. */
export interface SupervisedProgram {
    /** Program name; Celery node names begin with it. */
    readonly name: string;
    /** Argument vector. `%(process_num)02d` in it is the process's number; every other `%` is itself. */
    readonly command: readonly string[];
    /** Copies of it that run side by side. */
    readonly processes: number;
    /** Seconds between SIGTERM and SIGKILL. */
    readonly stopWaitSeconds: number;
    readonly environment?: Readonly<Record<string, string>>;
    readonly directory?: string;
}
