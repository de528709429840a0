package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a provider or policy pack that is a Node.js program, for as long as it lives.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, server pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(server, false)
	if err != nil {
		return err
	}
	if request.GetKind() == string(apitype.AnalyzerPlugin) {
		err = runPolicyPack(server.Context(), request, stdout, stderr)
	} else {
		err = runProvider(server.Context(), request, stdout, stderr)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("Program exited with non-zero exit code: %d", exit.ExitCode())
	}
	return errors.Join(err, closer.Close())
}

func runProvider(
	ctx context.Context, request *pulumirpc.RunPluginRequest, stdout, stderr io.Writer,
) error {
	program := request.GetInfo().GetProgramDirectory()
	arguments := append([]string{program}, request.GetArgs()...)
	command, err := pluginCommand(ctx, "@pulumi/pulumi/cmd/run-plugin", request, arguments)
	if err != nil {
		return err
	}
	command.Dir = request.GetPwd()
	command.Stdout, command.Stderr = stdout, stderr
	return command.Run()
}

// runPolicyPack starts the pack only when the engine has told the stack's configuration, which the
// pack reads from its environment; until then a proxy answers in its place.
func runPolicyPack(
	ctx context.Context, request *pulumirpc.RunPluginRequest, stdout, stderr io.Writer,
) error {
	program := request.GetInfo().GetProgramDirectory()
	arguments := append(append([]string{}, request.GetArgs()...), program)
	command, err := pluginCommand(ctx, "@pulumi/pulumi/cmd/run-policy-pack", request, arguments)
	if err != nil {
		return err
	}
	proxy, proxied, err := sdk.NewPolicyProxy(ctx, stdout)
	if err != nil {
		return fmt.Errorf("policy pack proxy: %w", err)
	}
	configuration, err := proxy.AwaitConfiguration(ctx)
	if err != nil {
		return fmt.Errorf("policy pack configuration: %w", err)
	}
	environment, err := policyEnvironment(configuration)
	if err != nil {
		return err
	}
	command.Env = append(command.Env, environment...)
	command.Dir = program
	command.Stdout, command.Stderr = proxied, stderr
	if err := command.Start(); err != nil {
		return err
	}
	return proxy.Attach(ctx, command)
}

func pluginCommand(
	ctx context.Context, runner string, request *pulumirpc.RunPluginRequest, arguments []string,
) (*exec.Cmd, error) {
	options, err := parseOptions(request.GetInfo())
	if err != nil {
		return nil, err
	}
	node, script, err := locate(ctx, runner, request.GetInfo().GetProgramDirectory())
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, node, append(append(options.nodeArgs, script), arguments...)...)
	command.Env = append(append([]string{}, request.GetEnv()...), options.environment()...)
	return command, nil
}

func policyEnvironment(configuration *pulumirpc.AnalyzerStackConfigureRequest) ([]string, error) {
	if configuration == nil {
		return nil, nil
	}
	result := []string{
		"PULUMI_NODEJS_ORGANIZATION=" + configuration.GetOrganization(),
		"PULUMI_NODEJS_PROJECT=" + configuration.GetProject(),
		"PULUMI_NODEJS_STACK=" + configuration.GetStack(),
		"PULUMI_NODEJS_DRY_RUN=" + strconv.FormatBool(configuration.GetDryRun()),
	}
	if configuration.GetConfig() == nil {
		return result, nil
	}
	encoded, err := json.Marshal(configuration.GetConfig())
	if err != nil {
		return nil, fmt.Errorf("policy pack configuration: %w", err)
	}
	return append(result, "PULUMI_CONFIG="+string(encoded)), nil
}
