package main

import (
	"context"
	"runtime"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/util"
)

type testArguments struct {
	Modules  modules        `json:"modules"`
	Data     map[string]any `json:"data"`
	Run      string         `json:"run"`
	Coverage bool           `json:"coverage"`
}

// testResult is a tester.Result with its error in words and, of its trace, what failed.
type testResult struct {
	*tester.Result
	Error string           `json:"error,omitempty"`
	Trace []*topdown.Event `json:"trace,omitempty"`
}

// test runs the tests as `opa test` does. Only those that fail are run again with a trace, which costs far more.
func test(args testArguments) (any, error) {
	ctx := context.Background()
	parsed, err := args.Modules.parsed()
	if err != nil {
		return nil, err
	}
	store := inmem.NewFromObjectWithOpts(args.Data, inmem.OptRoundTripOnWrite(false))
	compiler := ast.NewCompiler().SetErrorLimit(0).WithEnablePrintStatements(true)
	coverage := cover.New()
	tracer := yielding{tester.NewTestQueryTracer()}
	if args.Coverage {
		tracer.QueryTracer = coverage
	}
	runner := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(parsed).
		CapturePrintOutput(true).Filter(args.Run).SetCoverageQueryTracer(tracer)
	results, err := collect(ctx, runner, store)
	if err != nil {
		return nil, err
	}
	if err := explain(ctx, results, compiler, store); err != nil {
		return nil, err
	}
	answer := map[string]any{"results": results}
	if args.Coverage {
		answer["coverage"] = coverage.Report(parsed)
	}
	return answer, nil
}

var events int

// yielding lets other goroutines run at times: on the one thread that there is, no test would meet its deadline.
type yielding struct{ topdown.QueryTracer }

func (y yielding) TraceEvent(event topdown.Event) {
	if events++; events%4096 == 0 {
		runtime.Gosched()
	}
	y.QueryTracer.TraceEvent(event)
}

func collect(ctx context.Context, runner *tester.Runner, store storage.Store) ([]testResult, error) {
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	channel, err := runner.SetParallel(1).RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	results := []testResult{}
	for result := range channel {
		entry := testResult{Result: result}
		if result.Error != nil {
			entry.Error = result.Error.Error()
		}
		for _, event := range result.Trace {
			if event.Op == topdown.FailOp && event.Location != nil && event.Location.File == result.Location.File {
				entry.Trace = append(entry.Trace, event)
			}
		}
		results = append(results, entry)
	}
	return results, nil
}

// explain gives failed results their traces.
func explain(ctx context.Context, results []testResult, compiler *ast.Compiler, store storage.Store) error {
	failed := []ast.Ref{}
	for _, result := range results {
		if result.Fail {
			failed = append(failed, ast.MustParseRef(result.Package).Append(ast.StringTerm(result.Name)))
		}
	}
	if len(failed) == 0 {
		return nil
	}
	// The compiler is used as it is, with its modules.
	runner := tester.NewRunner().
		SetCompiler(compiler).SetStore(store).CapturePrintOutput(true).EnableTracing(true).SetPrefixMatchers(failed...)
	traced, err := collect(ctx, runner, store)
	if err != nil {
		return err
	}
	for _, again := range traced {
		for i := range results {
			if results[i].Package == again.Package && results[i].Name == again.Name {
				results[i].Trace = again.Trace
			}
		}
	}
	return nil
}

type evaluateArguments struct {
	Modules modules        `json:"modules"`
	Data    map[string]any `json:"data"`
	Input   any            `json:"input"`
	Query   string         `json:"query"`
}

func evaluate(args evaluateArguments) (any, error) {
	parsed, err := args.Modules.parsed()
	if err != nil {
		return nil, err
	}
	coverage := cover.New()
	options := []func(*rego.Rego){
		rego.Query(args.Query),
		rego.Input(args.Input),
		rego.Store(inmem.NewFromObjectWithOpts(args.Data, inmem.OptRoundTripOnWrite(false))),
		rego.QueryTracer(coverage),
	}
	for _, path := range util.KeysSorted(parsed) {
		options = append(options, rego.ParsedModule(parsed[path]))
	}
	solutions, err := rego.New(options...).Eval(context.Background())
	if err != nil {
		return nil, err
	}
	// One for each solution of the query; none when it is undefined.
	values := []any{}
	for _, solution := range solutions {
		values = append(values, solution.Expressions[len(solution.Expressions)-1].Value)
	}
	return map[string]any{"values": values, "coverage": coverage.Report(parsed)}, nil
}
