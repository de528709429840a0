/** Where supervisord keeps its socket and process id: an emptyDir in pods with a read-only root. */
export const SUPERVISORD_DIRECTORY = "/run/supervisord";

/** One Celery queue's processes, or any other command, that supervisord keeps running in a pod. */
export interface SupervisedProgram {
    /** Program name; letters, digits, `_` and `-`. */
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

/**
 * `supervisord.conf` for a pod that runs several processes: in the foreground, logs to the container's own output,
 * and its control socket in {@link SUPERVISORD_DIRECTORY}, which must be writable. A program that ends is started
 * again; SIGTERM to supervisord reaches every program, and it waits `stopWaitSeconds` for them.
 *
 * @throws RangeError when a name is not a program name, or a value has a line break, which the format cannot hold.
 */
export function renderSupervisord(programs: readonly SupervisedProgram[]): string {
    const socket = `${SUPERVISORD_DIRECTORY}/supervisor.sock`;
    const sections = [
        section("unix_http_server", { file: socket, chmod: "0600" }),
        section("supervisord", {
            nodaemon: "true",
            logfile: "/dev/null",
            logfile_maxbytes: "0",
            pidfile: `${SUPERVISORD_DIRECTORY}/supervisord.pid`,
            loglevel: "info",
        }),
        section("rpcinterface:supervisor", {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface",
        }),
        section("supervisorctl", { serverurl: `unix://${socket}` }),
        ...programs.map(programSection),
    ];
    return sections.join("\n");
}

function programSection(program: SupervisedProgram): string {
    if (!/^[\w-]+$/.test(program.name)) {
        throw new RangeError(`"${program.name}" is not a program name`);
    }
    return section(`program:${program.name}`, {
        command: commandLine(program),
        ...(program.directory === undefined ? {} : { directory: program.directory }),
        process_name: "%(program_name)s-%(process_num)02d",
        numprocs: String(program.processes),
        autorestart: "true",
        startsecs: "10",
        // A store that is away makes programs end early; they are started until it is back.
        startretries: "1000000",
        stopsignal: "TERM",
        stopwaitsecs: String(program.stopWaitSeconds),
        stdout_logfile: "/dev/fd/1",
        stdout_logfile_maxbytes: "0",
        redirect_stderr: "true",
    });
}

/** Variables are given by `env`: supervisord's own `environment` has no way to write a quote. */
function commandLine({ command, environment = {} }: SupervisedProgram): string {
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const words = variables.length === 0 ? command : ["env", ...variables, ...command];
    return words.map(shellWord).join(" ");
}

function section(name: string, values: Readonly<Record<string, string>>): string {
    const lines = Object.entries(values).map(([key, value]) => {
        if (/[\r\n]/.test(value)) {
            throw new RangeError(`${key} of [${name}] has a line break`);
        }
        return `${key} = ${value}\n`;
    });
    return `[${name}]\n${lines.join("")}`;
}

/**
 * One word of a command line, which supervisord reads three times: as an INI value, in which `#` and `;` behind white
 * space begin a comment; as a format string with `%` expansions; and by Python's shlex.
 * http://supervisord.org/configuration.html
 */
export function shellWord(word: string): string {
    const percent = word.replace(/%(?!\(process_num\)02d)/g, "%%");
    if (/^[\w@%+=:,./()-]+$/.test(percent)) {
        return percent;
    }
    return `'${percent.replaceAll("'", `'"'"'`).replace(/(\s)(?=[#;])/g, "$1''")}'`;
}
