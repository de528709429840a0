package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/logging"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// manifest is the part of package.json that names a Pulumi plugin.
type manifest struct {
	Name    string                  `json:"name"`
	Version string                  `json:"version"`
	Pulumi  plugin.PulumiPluginJSON `json:"pulumi"`
}

// GetRequiredPackages lists the plugin of every installed npm package that says it has one.
func (h *host) GetRequiredPackages(
	_ context.Context, request *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	search := packageSearch{visited: map[string]bool{}}
	search.folder(request.GetInfo().GetProgramDirectory(), false)
	if err := errors.Join(search.problems...); err != nil {
		logging.V(3).Infof("looking for plugins: %v", err)
	}
	return &pulumirpc.GetRequiredPackagesResponse{Packages: search.found}, nil
}

// packageSearch collects plugins from a folder and everything below it, each folder once.
type packageSearch struct {
	visited  map[string]bool
	found    []*pulumirpc.PackageDependency
	problems []error
}

func (s *packageSearch) folder(path string, installed bool) {
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil || s.visited[resolved] {
		return
	}
	s.visited[resolved] = true
	entries, err := os.ReadDir(resolved)
	if err != nil {
		s.problems = append(s.problems, err)
		return
	}
	installed = installed || filepath.Base(resolved) == "node_modules"
	for _, entry := range entries {
		child := filepath.Join(resolved, entry.Name())
		switch {
		case s.isFolder(child, entry):
			// A policy pack has dependencies of its own, which are not the program's.
			if pack, err := workspace.DetectPolicyPackPathAt(child); err == nil && pack == "" {
				s.folder(child, installed)
			}
		case installed && entry.Name() == "package.json":
			s.manifest(child)
		}
	}
}

func (s *packageSearch) isFolder(path string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.IsDir()
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (s *packageSearch) manifest(path string) {
	content, err := os.ReadFile(path)
	if err != nil {
		s.problems = append(s.problems, err)
		return
	}
	var parsed manifest
	if err := json.Unmarshal(content, &parsed); err != nil || !parsed.Pulumi.Resource {
		return
	}
	dependency, err := parsed.dependency()
	if err != nil {
		s.problems = append(s.problems, fmt.Errorf("%s: %w", path, err))
		return
	}
	s.found = append(s.found, dependency)
}

func (m manifest) dependency() (*pulumirpc.PackageDependency, error) {
	name, version := m.Pulumi.Name, m.Pulumi.Version
	if name == "" {
		short, official := strings.CutPrefix(m.Name, "@pulumi/")
		if !official {
			return nil, fmt.Errorf("package %q does not name its plugin", m.Name)
		}
		name = short
	}
	if version == "" {
		version = m.Version
	}
	if version == "" {
		return nil, fmt.Errorf("package %q has no version", m.Name)
	}
	result := &pulumirpc.PackageDependency{
		Name:    name,
		Kind:    "resource",
		Version: "v" + strings.TrimPrefix(version, "v"),
		Server:  m.Pulumi.Server,
	}
	if p := m.Pulumi.Parameterization; p != nil {
		result.Parameterization = &pulumirpc.PackageParameterization{
			Name: p.Name, Version: p.Version, Value: p.Value,
		}
	}
	return result, nil
}
