package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	astJSON "github.com/open-policy-agent/opa/v1/ast/json"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/util"
)

var operations = map[string]func(json.RawMessage) (any, error){
	"build":    operation(build),
	"builtins": operation(builtins),
	"check":    operation(check),
	"evaluate": operation(evaluate),
	"format":   operation(formatted),
	"parse":    operation(parse),
	"test":     operation(test),
}

func operation[T any](run func(T) (any, error)) func(json.RawMessage) (any, error) {
	return func(arguments json.RawMessage) (any, error) {
		var args T
		// Numbers keep all their digits, as they do when OPA reads a file.
		if err := util.UnmarshalJSON(arguments, &args); err != nil {
			return nil, err
		}
		return run(args)
	}
}

// modules are source texts by path.
type modules map[string]string

var cache = map[string]cached{}

type cached struct {
	text   string
	module *ast.Module
	err    error
}

// parsed gives every module, or the errors of all that cannot be parsed. A text that was parsed before is not parsed
// again: OPA's compilers work on copies.
func (m modules) parsed() (map[string]*ast.Module, error) {
	result := make(map[string]*ast.Module, len(m))
	var errs ast.Errors
	for _, path := range util.KeysSorted(m) {
		entry, ok := cache[path]
		if !ok || entry.text != m[path] {
			entry = cached{text: m[path]}
			entry.module, entry.err = ast.ParseModuleWithOpts(path, m[path], ast.ParserOptions{
				ProcessAnnotation: true,
				RegoVersion:       ast.RegoV1,
			})
			cache[path] = entry
		}
		if entry.err != nil {
			errs = append(errs, asErrors(entry.err)...)
			continue
		}
		result[path] = entry.module
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return result, nil
}

// asErrors is an error in the form of OPA's command line: `opa check --format json`.
func asErrors(err error) ast.Errors {
	var many ast.Errors
	if errors.As(err, &many) {
		return many
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return ast.Errors{one}
	}
	var late *topdown.Error
	if errors.As(err, &late) {
		return ast.Errors{{Code: late.Code, Message: late.Message, Location: late.Location}}
	}
	return ast.Errors{{Code: "opa_error", Message: err.Error()}}
}

func builtins(struct{}) (any, error) {
	names := make([]string, len(ast.Builtins))
	for i, builtin := range ast.Builtins {
		names[i] = builtin.Name
	}
	return names, nil
}

type checkArguments struct {
	Modules      modules         `json:"modules"`
	Capabilities json.RawMessage `json:"capabilities"`
	InputSchema  any             `json:"inputSchema"`
}

func check(args checkArguments) (any, error) {
	parsed, err := args.Modules.parsed()
	if err != nil {
		return nil, err
	}
	capabilities, err := capabilitiesFrom(args.Capabilities)
	if err != nil {
		return nil, err
	}
	compiler := ast.NewCompiler().
		SetErrorLimit(0).
		WithCapabilities(capabilities).
		WithEnablePrintStatements(true).
		WithStrict(true).
		WithUseTypeCheckAnnotations(true)
	if args.InputSchema != nil {
		schemas := ast.NewSchemaSet()
		schemas.Put(ast.SchemaRootRef, args.InputSchema)
		compiler = compiler.WithSchemas(schemas)
	}
	if compiler.Compile(parsed); compiler.Failed() {
		return nil, compiler.Errors
	}
	return true, nil
}

func capabilitiesFrom(text json.RawMessage) (*ast.Capabilities, error) {
	if len(text) == 0 {
		return ast.CapabilitiesForThisVersion(), nil
	}
	return ast.LoadCapabilitiesJSON(strings.NewReader(string(text)))
}

type buildArguments struct {
	Modules      modules         `json:"modules"`
	Entrypoints  []string        `json:"entrypoints"`
	Capabilities json.RawMessage `json:"capabilities"`
}

type built struct {
	Wasm        []byte          `json:"wasm"`
	Builtins    []string        `json:"builtins"`
	Annotations json.RawMessage `json:"annotations"`
}

// build does what `opa build --target wasm --optimize 0` does; optimised builds change verdicts where data is only
// known at run time.
func build(args buildArguments) (any, error) {
	parsed, err := args.Modules.parsed()
	if err != nil {
		return nil, err
	}
	capabilities, err := capabilitiesFrom(args.Capabilities)
	if err != nil {
		return nil, err
	}
	source := &bundle.Bundle{Data: map[string]any{}}
	source.SetRegoVersion(ast.RegoV1)
	source.Manifest.Init()
	for _, path := range util.KeysSorted(parsed) {
		source.Modules = append(source.Modules, bundle.ModuleFile{
			URL: path, Path: path, Parsed: parsed[path].Copy(), Raw: []byte(args.Modules[path]),
		})
	}
	compiler := compile.New().
		WithBundle(source).
		WithCapabilities(capabilities).
		WithEntrypoints(args.Entrypoints...).
		WithRegoAnnotationEntrypoints(true).
		WithTarget(compile.TargetWasm).
		WithRegoVersion(ast.RegoV1)
	if err := compiler.Build(context.Background()); err != nil {
		return nil, err
	}
	annotations, errs := ast.BuildAnnotationSet(slices.Collect(maps.Values(parsed)))
	if len(errs) > 0 {
		return nil, errs
	}
	bs, err := marshalled(annotations.Flatten(), astJSON.MarshalOptions{
		IncludeLocation: astJSON.NodeToggle{AnnotationsRef: true},
	})
	return built{Wasm: compiler.Bundle().WasmModules[0].Raw, Builtins: called(parsed), Annotations: bs}, err
}

// called gives the names of the built-in functions that modules call, operators among them.
func called(parsed map[string]*ast.Module) []string {
	names := map[string]struct{}{}
	note := func(operator fmt.Stringer) {
		if name := operator.String(); ast.BuiltinMap[name] != nil {
			names[name] = struct{}{}
		}
	}
	visitor := ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case *ast.Expr:
			if node.IsCall() {
				note(node.Operator())
			}
		case ast.Call:
			note(node[0])
		}
		return false
	})
	for _, module := range parsed {
		visitor.Walk(module)
	}
	return util.KeysSorted(names)
}

type modulesArguments struct {
	Modules modules `json:"modules"`
}

// parse gives the syntax trees that `opa parse --format json --json-include locations,comments` prints.
func parse(args modulesArguments) (any, error) {
	parsed, err := args.Modules.parsed()
	if err != nil {
		return nil, err
	}
	trees := make(map[string]json.RawMessage, len(parsed))
	for path, module := range parsed {
		if trees[path], err = marshalled(module, astJSON.MarshalOptions{
			IncludeLocationText: true,
			IncludeLocation: astJSON.NodeToggle{
				Term: true, Package: true, Comment: true, Import: true, Rule: true, Head: true, Expr: true,
				SomeDecl: true, Every: true, With: true, Annotations: true, AnnotationsRef: true,
			},
		}); err != nil {
			return nil, err
		}
	}
	return trees, nil
}

// marshalled is a value with as much of its locations as the options say, which OPA keeps for the whole program.
func marshalled(value any, options astJSON.MarshalOptions) (json.RawMessage, error) {
	astJSON.SetOptions(astJSON.Options{MarshalOptions: options})
	defer astJSON.SetOptions(astJSON.Defaults())
	return json.Marshal(value)
}

func formatted(args modulesArguments) (any, error) {
	result := make(modules, len(args.Modules))
	var errs ast.Errors
	for _, path := range util.KeysSorted(args.Modules) {
		bs, err := format.SourceWithOpts(path, []byte(args.Modules[path]), format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			errs = append(errs, asErrors(err)...)
			continue
		}
		result[path] = string(bs)
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return result, nil
}
