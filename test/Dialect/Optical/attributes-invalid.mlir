// RUN: ohas-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{breakdown sums to 3, energy_fj is 4}}
module attributes {t.x = #optical.cost<latency_ps = 1, energy_fj = 4, cycles = 1, macs = 1, breakdown = {a = 1, b = 2}>} {}

// -----

// expected-error @+1 {{breakdown of 'a' must be an integer of 64 bits}}
module attributes {t.x = #optical.cost<latency_ps = 1, energy_fj = 4, cycles = 1, macs = 1, breakdown = {a = 4.0}>} {}

// -----

// expected-error @+1 {{breakdown of 'a' must not be negative}}
module attributes {t.x = #optical.cost<latency_ps = 1, energy_fj = 4, cycles = 1, macs = 1, breakdown = {a = -4}>} {}

// -----

// expected-error @+1 {{a cost must not be negative}}
module attributes {t.x = #optical.cost<latency_ps = -1, energy_fj = 4, cycles = 1, macs = 1>} {}

// -----

// expected-error @+1 {{missing field 'cycles'}}
module attributes {t.x = #optical.cost<latency_ps = 1, energy_fj = 4, macs = 1>} {}

// -----

// expected-error @+1 {{unexpected field 'latency'; the fields are latency_ps, energy_fj, cycles, macs, bound_by and breakdown, each once}}
module attributes {t.x = #optical.cost<latency = 1>} {}

// -----

// expected-error @+1 {{unexpected field 'macs'}}
module attributes {t.x = #optical.cost<macs = 1, macs = 2>} {}

// -----

// expected-error @+1 {{unexpected field 'knob'; the fields are knobs, devices and overrides, each once}}
module attributes {t.x = #optical.design_point<knob = {a = 1}>} {}

// -----

// expected-error @+1 {{'a' is given twice}}
module attributes {t.x = #optical.design_point<knobs = {a = 1, a = 2}>} {}

// -----

// expected-error @+1 {{level @dram is mapped twice}}
module attributes {t.x = #optical.mapping<@a, [@dram [M:4], @dram [C:4]]>} {}

// -----

// expected-error @+1 {{bound 0 of dim 'M' at @dram must be positive}}
module attributes {t.x = #optical.mapping<@a, [@dram [M:0]]>} {}

// -----

// expected-error @+1 {{unknown dim 'K'; the dims are N, G, M, C, P, Q, R, S, D, T}}
module attributes {t.x = #optical.mapping<@a, [@dram [K:4]]>} {}

// -----

// expected-error @+1 {{unknown tensor 'weights'; the tensors are weight, input, output}}
module attributes {t.x = #optical.mapping<@a, [@dram keeps weights]>} {}

// -----

// expected-error @+1 {{'input' is given twice}}
module attributes {t.x = #optical.level_mapping<@dram keeps input, input>} {}

// -----

// expected-error @+1 {{'optical.target' names no accelerator of this module: @nothing}}
module attributes {optical.target = @nothing} {}

// -----

// expected-error @+1 {{'optical.target' must be a symbol}}
module attributes {optical.target = "a"} {}

// -----

// expected-error @+1 {{'optical.cost' must be an #optical.cost}}
module attributes {optical.cost = 5} {}

// -----

// expected-error @+1 {{'optical.total_cost' belongs on a module}}
func.func private @f() attributes {optical.total_cost = #optical.cost<latency_ps = 1, energy_fj = 4, cycles = 1, macs = 1>}

// -----

// expected-error @+1 {{'optical.target' belongs on a module}}
func.func private @f() attributes {optical.target = @f}

// -----

// expected-error @+1 {{'optical.trip_count' belongs on a loop}}
func.func private @f() attributes {optical.trip_count = 5}

// -----

func.func @f(%n: index) {
  // expected-error @+1 {{'optical.trip_count' must be a 64-bit integer, not negative}}
  scf.for %i = %n to %n step %n {
  } {optical.trip_count = -1}
  return
}

// -----

// expected-error @+1 {{what stays at @glb must be among what it keeps}}
module attributes {t.x = #optical.level_mapping<@glb keeps input stays output>} {}

// -----

// expected-error @+1 {{'optical.proven_optimal' belongs on a mapped operation}}
func.func @unmapped() attributes {optical.proven_optimal} {
  return
}

// -----

// expected-error @+1 {{'optical.bound_gap' belongs on a module}}
func.func @gap() attributes {optical.bound_gap = 1.5 : f64} {
  return
}

// -----

// expected-error @+1 {{'optical.bound_gap' must be a 64-bit float of 1 or more}}
module attributes {optical.bound_gap = 0.5 : f64} {}

// -----

// expected-error @+1 {{'optical.bound_gap' must be a 64-bit float of 1 or more}}
module attributes {optical.bound_gap = 2.0 : f32} {}

// -----

// expected-error @+1 {{'optical.proven_optimal' must be a unit attribute}}
func.func @flag() attributes {optical.proven_optimal = true} {
  return
}
