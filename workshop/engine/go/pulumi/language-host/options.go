package main

import (
	"fmt"

	"github.com/google/shlex"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// options are the `runtime.options` of Pulumi.yaml that concern Node.js.
type options struct {
	typescript     bool
	tsconfig       string
	nodeArgs       []string
	packageManager npm.PackageManagerType
}

func parseOptions(info *pulumirpc.ProgramInfo) (options, error) {
	result := options{typescript: true, packageManager: npm.AutoPackageManager}
	given := info.GetOptions().AsMap()
	if value, ok := given["typescript"]; ok {
		if result.typescript, ok = value.(bool); !ok {
			return result, fmt.Errorf("runtime option typescript must be true or false, not %v", value)
		}
	}
	text := map[string]string{}
	for _, name := range []string{"tsconfig", "nodeargs", "packagemanager"} {
		value, ok := given[name]
		if !ok {
			continue
		}
		if text[name], ok = value.(string); !ok {
			return result, fmt.Errorf("runtime option %s must be text, not %v", name, value)
		}
	}
	result.tsconfig = text["tsconfig"]
	nodeArgs, err := shlex.Split(text["nodeargs"])
	if err != nil {
		return result, fmt.Errorf("runtime option nodeargs %q: %w", text["nodeargs"], err)
	}
	result.nodeArgs = nodeArgs
	return result, result.setPackageManager(text["packagemanager"])
}

func (o *options) setPackageManager(name string) error {
	switch name {
	case "", "auto":
	case "npm":
		o.packageManager = npm.NpmPackageManager
	case "yarn":
		o.packageManager = npm.YarnPackageManager
	case "pnpm":
		o.packageManager = npm.PnpmPackageManager
	case "bun":
		o.packageManager = npm.BunPackageManager
	default:
		return fmt.Errorf("runtime option packagemanager must be auto, npm, yarn, pnpm or bun, not %q", name)
	}
	return nil
}

// environment is what @pulumi/pulumi's entry points read the options from.
func (o options) environment() []string {
	var result []string
	if o.typescript {
		result = append(result, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if o.tsconfig != "" {
		result = append(result, "PULUMI_NODEJS_TSCONFIG_PATH="+o.tsconfig)
	}
	return result
}
