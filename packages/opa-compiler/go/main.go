// Command opa-compiler is OPA's own compiler, test runner, evaluator and formatter as a WASI reactor: the host writes
// a JSON request into memory and is given a JSON answer. Modules come and go as text; nothing touches a file system.
package main

import (
	"encoding/json"
	"fmt"
	"unsafe"
)

// A wasip1 reactor has no entry of its own: the host calls the exported functions.
func main() {}

var (
	request []byte
	answer  []byte
)

// reserve makes room for a request of so many bytes and says where it is.
//
//go:wasmexport reserve
func reserve(size uint32) unsafe.Pointer {
	request = make([]byte, max(size, 1))[:size]
	return unsafe.Pointer(unsafe.SliceData(request))
}

// handle answers the request in memory: its address in the upper half, its length in the lower.
//
//go:wasmexport handle
func handle() uint64 {
	answer = respond(request)
	request = nil
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(answer))))<<32 | uint64(len(answer))
}

// envelope is what every answer has: a result, OPA's errors, or a fault of this program.
type envelope struct {
	Result any    `json:"result,omitempty"`
	Errors any    `json:"errors,omitempty"`
	Fault  string `json:"fault,omitempty"`
}

func respond(bs []byte) (out []byte) {
	defer func() {
		if r := recover(); r != nil {
			out = encode(envelope{Fault: fmt.Sprint(r)})
		}
	}()
	var req struct {
		Operation string          `json:"operation"`
		Arguments json.RawMessage `json:"arguments"`
	}
	if err := json.Unmarshal(bs, &req); err != nil {
		return encode(envelope{Fault: err.Error()})
	}
	run, ok := operations[req.Operation]
	if !ok {
		return encode(envelope{Fault: "no operation " + req.Operation})
	}
	result, err := run(req.Arguments)
	if err != nil {
		return encode(envelope{Errors: asErrors(err)})
	}
	return encode(envelope{Result: result})
}

func encode(e envelope) []byte {
	bs, err := json.Marshal(e)
	if err != nil {
		bs, _ = json.Marshal(envelope{Fault: err.Error()})
	}
	return bs
}
