// RUN: ohas-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{needs levels: a memory that keeps all tensors first, a compute level last}}
optical.accelerator @a {
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.fanout' op is the outermost level, which must be a memory}}
  optical.fanout @f x 2
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{is the outermost memory and must keep weight, input and output; it cannot keep 'input'}}
  optical.memory @m keeps weight, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{must be the last level; @f follows}}
  optical.compute @c
  optical.fanout @f x 2
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{is the last level, which must be a compute level}}
  optical.fanout @f x 2
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{must be the last level; @d follows}}
  optical.compute @c
  optical.compute @d
}

// -----

optical.accelerator @a {
  // expected-note @+1 {{see existing symbol definition here}}
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{redefinition of symbol named 'm'}}
  optical.compute @m
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{cannot be part of an optical.accelerator}}
  func.func private @f()
  optical.compute @c
}

// -----

// expected-error @+1 {{expects parent op 'optical.accelerator'}}
optical.knob @k = 1 in [1]

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.knob' op default 5 is not among the values}}
  optical.knob @k = 5 in [1, 2]
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.knob' op value -2 must be finite and not below 0}}
  optical.knob @k = 1 in [-2, 1]
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.knob' op value 2.5 is listed twice}}
  optical.knob @k = 1 in [2.5, 1, 2.5]
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.knob' op value inf must be finite and not below 0}}
  "optical.knob"() {sym_name = "k", default_value = 1.0 : f64, values = array<f64: 1.0, 0x7FF0000000000000>} : () -> ()
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{the name 'C' is that of a dim}}
  optical.knob @C = 1 in [1]
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{no expression can use the name 'a b'; use letters, digits and _}}
  optical.knob @"a b" = 1 in [1]
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.device' op needs a source, or the word 'assumed'}}
  optical.device @d 5
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{needs either one value or one for each device set}}
  "optical.device"() {sym_name = "d", assumed} : () -> ()
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{value of 'x' must be a finite 64-bit float}}
  "optical.device"() {sym_name = "d", assumed, values = {x = 1 : i64}} : () -> ()
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.device' op value must be finite}}
  "optical.device"() {sym_name = "d", assumed, value = 0x7FF0000000000000 : f64} : () -> ()
}

// -----

optical.accelerator @a {
  optical.device_set @low
  optical.device_set @high
  // expected-error @+1 {{has no value for device set 'high'}}
  optical.device @d {low = 5} assumed
}

// -----

optical.accelerator @a {
  optical.device_set @low
  // expected-error @+1 {{unknown device set 'hihg'}}
  optical.device @d {low = 5, hihg = 6} assumed
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'low' is given twice}}
  optical.device @d {low = 5, low = 6} assumed
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4]
  optical.device @adc 1 assumed
  optical.define @twice = 2 * rows
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{'optical.converter' op energy_fj: unknown name 'row'; known are rows, adc, twice}}
  optical.converter @x output from analog to digital energy_fj 2 * row
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  // expected-error @+1 {{'optical.fanout' op extent: unknown name 'n'; no knob, device or definition is known here}}
  optical.fanout @f x n
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{value: unknown name 'later'; no knob, device or definition is known here}}
  optical.define @first = later + 1
  optical.define @later = 1
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

// expected-error @+1 {{'optical.accelerator' op clock_ghz: unknown name 'M'; known are k}}
optical.accelerator @a clock_ghz M {
  optical.knob @k = 1 in [1]
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{expression '1 +* 2': }}
  optical.define @d = "1 +* 2"
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{expression 'cbrt(2)': }}
  optical.define @d = cbrt(2)
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'optical.define' op value: }}
  "optical.define"() {sym_name = "d", value = "1 +"} : () -> ()
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{unknown tensor 'inputs'; the tensors are weight, input, output}}
  optical.memory @m keeps weight, inputs, output
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'weight' is given twice}}
  optical.memory @m keeps weight, weight
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{unknown dim 'X'; the dims are N, G, M, C, P, Q, R, S, D, T}}
  optical.memory @m keeps weight loops [M, X]
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{must keep 'input' but does not list it under keeps}}
  optical.memory @m keeps weight must input
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{has bits, but none are converted from analog to optical}}
  optical.converter @ring input from analog to optical bits 4
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{has an accumulate_limit but does not accumulate}}
  optical.memory @m keeps output accumulate_limit 3 no_accumulate
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{has an accumulate_limit but cannot keep 'output'}}
  optical.memory @m keeps weight accumulate_limit 3
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'input' cannot be 'sum'; its modes are private, broadcast, window}}
  optical.fanout @f x 2 input sum
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'output' cannot be 'broadcast'; its modes are private, sum}}
  optical.fanout @f x 2 output broadcast
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{unknown mode 'shared'; the modes are private, broadcast, window, sum}}
  optical.fanout @f x 2 input shared
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{'input' is given twice}}
  optical.fanout @f x 2 input window, input broadcast
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{expected weight, input or output}}
  optical.fanout @f x 2 input window, count 3
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{unknown dim 'K'}}
  optical.fanout @f x 2 over [K]
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{has no counts that a per_count duty could follow}}
  optical.component @laser duty per_count
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{unexpected 'sometimes'; expected one of per_count, per_step, always}}
  optical.component @laser duty sometimes
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{unknown operation class 'relu'; the classes are shape, movement, elementwise, activation, softmax, normalization, pooling, reduction, quantization, control, other}}
  optical.vector_unit @v at @m energy_fj_per_element {relu = 5}
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{energy of 'softmax' must be an expression}}
  "optical.vector_unit"() {sym_name = "v", memory = @m, energy_fj_per_element = {softmax = 5 : i64}} : () -> ()
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  // expected-error @+1 {{is at @c, which is no memory of this accelerator}}
  optical.vector_unit @v at @c
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  optical.vector_unit @v at @m
  // expected-error @+1 {{is the second; an accelerator has at most one}}
  optical.vector_unit @w at @m
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  // expected-error @+1 {{softmax: unknown name 'x'}}
  optical.vector_unit @v at @m energy_fj_per_element {softmax = x}
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  optical.accounting @published latency_ps 1 {
    // expected-error @+1 {{'optical.tally' op has an energy_fj per count but no count}}
    optical.tally @t energy_fj 5 area_um2 1
  }
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  optical.accounting @published latency_ps 1 {
    // expected-error @+1 {{counts nothing: give count, area_um2 or power_mw}}
    optical.tally @t when "M > 1"
  }
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  optical.accounting @published latency_ps 1 {
    // expected-error @+1 {{count: unknown name 'blocks'; known are N, G, M, C, P, Q, R, S, D, T, macs, weight_is_constant, input_is_nonnegative}}
    optical.tally @t count blocks
  }
}

// -----

optical.accelerator @a {
  optical.define @blocks = 1
  optical.memory @m keeps weight, input, output
  optical.compute @c
  optical.accounting @published latency_ps 1 {
    // expected-error @+1 {{the name 'blocks' is taken}}
    optical.define @blocks = 2
  }
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.compute @c
  optical.accounting @published latency_ps 1 {
    // expected-error @+1 {{cannot be part of an optical.accounting}}
    func.func private @f()
  }
}

// -----

// expected-error @+1 {{configured: unknown knob 'rows'}}
optical.accelerator @a configured <knobs = {rows = 3}> {
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

// expected-error @+1 {{configured: knob 'rows' must be finite and not below 0}}
optical.accelerator @a configured <knobs = {rows = -3}> {
  optical.knob @rows = 3 in [3]
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

// expected-error @+1 {{configured: unknown device 'adc'}}
optical.accelerator @a configured <overrides = {adc = 3}> {
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

// expected-error @+1 {{configured: unknown device set 'best'}}
optical.accelerator @a configured <devices = "best"> {
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{is the outermost memory: all is resident}}
  optical.memory @m keeps weight, input, output resident
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.fanout @f x 2 over [M]
  // expected-error @+1 {{is resident, but below fan-out @f, which makes copies of it}}
  optical.memory @b keeps input, output resident
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.memory @m keeps weight, input, output
  optical.memory @b keeps input, output resident
  // expected-error @+1 {{is the second resident memory; there is at most one}}
  optical.memory @d keeps input, output resident
  optical.compute @c
}
