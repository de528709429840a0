package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const (
	// What @pulumi/pulumi's runner exits with after it has itself reported why it failed.
	exitAfterReport = 32
	// How long an interrupted program may take to end.
	interruptGrace = 5 * time.Second
)

// Run runs a program to its end, by the runner of the program's own @pulumi/pulumi.
func (h *host) Run(
	ctx context.Context, request *pulumirpc.RunRequest,
) (*pulumirpc.RunResponse, error) {
	command, err := h.programCommand(ctx, request)
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	err = command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == exitAfterReport:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{
			Error: fmt.Sprintf("Program exited with non-zero exit code: %d", exit.ExitCode()),
		}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program cannot be run: %v", err)}, nil
	}
}

func (h *host) programCommand(
	ctx context.Context, request *pulumirpc.RunRequest,
) (*exec.Cmd, error) {
	runner := os.Getenv("PULUMI_LANGUAGE_NODEJS_RUN_PATH")
	if runner == "" {
		runner = "@pulumi/pulumi/cmd/run"
	}
	options, err := parseOptions(request.GetInfo())
	if err != nil {
		return nil, err
	}
	node, script, err := locate(ctx, runner, request.GetInfo().GetProgramDirectory())
	if err != nil {
		return nil, err
	}
	environment, err := configEnvironment(request)
	if err != nil {
		return nil, err
	}
	interruptible, stop := context.WithCancel(h.cancelled)
	context.AfterFunc(ctx, stop)
	arguments := append(options.nodeArgs, script)
	arguments = append(arguments, h.programArguments(request)...)
	command := exec.CommandContext(interruptible, node, arguments...)
	command.Env = append(append(os.Environ(), environment...), options.environment()...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = interruptGrace
	// Node.js may switch an inherited pipe to non-blocking, which breaks other writers to it, so
	// it is given pipes of its own.
	command.Stdout = struct{ io.Writer }{os.Stdout}
	command.Stderr = struct{ io.Writer }{os.Stderr}
	return command, nil
}

// programArguments are the flags of @pulumi/pulumi/cmd/run. The program talks to the engine's
// monitor directly.
func (h *host) programArguments(request *pulumirpc.RunRequest) []string {
	info := request.GetInfo()
	var result []string
	for _, flag := range [][2]string{
		{"--monitor", request.GetMonitorAddress()},
		{"--engine", h.engineAddress},
		{"--organization", request.GetOrganization()},
		{"--project", request.GetProject()},
		{"--root-directory", info.GetRootDirectory()},
		{"--stack", request.GetStack()},
		{"--pwd", info.GetProgramDirectory()},
		{"--parallel", strconv.Itoa(int(request.GetParallel()))},
	} {
		if flag[1] != "" {
			result = append(result, flag[0], flag[1])
		}
	}
	if request.GetDryRun() {
		result = append(result, "--dry-run")
	}
	return append(append(result, info.GetEntryPoint()), request.GetArgs()...)
}

// configEnvironment hands the stack's configuration over in the environment, where secrets are not
// visible to other users as they would be on a command line.
func configEnvironment(request *pulumirpc.RunRequest) ([]string, error) {
	values := map[string]string{}
	for key, value := range request.GetConfig() {
		parsed, err := config.ParseKey(key)
		if err != nil {
			return nil, fmt.Errorf("configuration key %q: %w", key, err)
		}
		values[parsed.Namespace()+":config:"+parsed.Name()] = value
	}
	encodedValues, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	secretKeys := append([]string{}, request.GetConfigSecretKeys()...)
	encodedKeys, err := json.Marshal(secretKeys)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return []string{
		"PULUMI_CONFIG=" + string(encodedValues),
		"PULUMI_CONFIG_SECRET_KEYS=" + string(encodedKeys),
	}, nil
}

// locate finds node and, as a file, the module of that name as the given folder's code would.
func locate(ctx context.Context, module, folder string) (node, file string, err error) {
	node, err = exec.LookPath("node")
	if err != nil {
		return "", "", fmt.Errorf("node is not on the PATH: %w", err)
	}
	command := exec.CommandContext(ctx, node, "--print", "require.resolve(process.argv[1])", module)
	command.Dir = folder
	output, err := command.Output()
	if err != nil {
		return "", "", fmt.Errorf("%s is not installed in %s: run npm install there", module, folder)
	}
	return node, strings.TrimSpace(string(output)), nil
}
