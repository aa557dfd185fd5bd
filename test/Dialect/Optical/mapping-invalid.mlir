// RUN: ohas-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: unknown accelerator @a}}
  %0 = optical.matmul %x, %w mapping <@a, []> : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: unknown level @glb; the levels of @a are @dram, @dac, @rows_, @cache, @laser, @mac}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @glb]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: @dram comes after a level that lies below it}}
  %0 = optical.matmul %x, %w mapping <@a, [@cache keeps weight, @dram keeps weight, input, output]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: @dac is a converter and keeps nothing}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @dac keeps input]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: @dac is a converter and has no loops}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @dac [M:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: @laser is a component and has no loops}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @laser [M:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: @mac is a compute and has no loops}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @mac [M:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: @rows_ is a fanout and keeps nothing}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @rows_ keeps input]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: memory @cache cannot keep 'input'}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @cache keeps weight, input]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: dim 'M' cannot loop at @cache, which allows P, Q}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @cache keeps weight [P:3, M:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: dim 'P' cannot spread over @rows_, which accepts M, C}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @rows_ [P:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: the loops at @rows_ use 4 copies, there are 2}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @rows_ [M:2, C:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: memory @dram must keep 'output'}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input [M:4, C:8, P:3], @cache keeps weight]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: memory @cache must keep 'weight'}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output [M:4, C:8, P:3]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: dim 'M' needs 4, the mapping covers 3}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output [M:3, C:8, P:3], @cache keeps weight]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: dim 'C' needs 8, the mapping covers 6}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output [M:4, C:3, P:3], @rows_ [C:2], @cache keeps weight]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<?x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op needs static shapes: dim 0 of operand #0 is dynamic}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @cache keeps weight]>
      : (tensor<?x8xf32>, tensor<8x4xf32>) -> tensor<?x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<0x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op has no work: dim 0 of operand #0 is empty}}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @cache keeps weight]>
      : (tensor<0x8xf32>, tensor<8x4xf32>) -> tensor<0x4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / (rows - 4)
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op mapping: the extent of @rows_ is unknown: }}
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output, @rows_ [M:2]]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

// The extent is that of the chosen design point: four copies fit.
optical.accelerator @a configured <knobs = {rows = 8}> {
  optical.knob @rows = 4 in [4, 8]
  optical.define @copies = rows / 2
  optical.memory @dram keeps weight, input, output
  optical.converter @dac input from digital to analog
  optical.fanout @rows_ x copies over [M, C]
  optical.memory @cache keeps weight must weight loops [P, Q]
  optical.component @laser
  optical.compute @mac
}

func.func @f(%x: tensor<3x8xf32>, %w: tensor<8x4xf32>) {
  %0 = optical.matmul %x, %w mapping <@a, [@dram keeps weight, input, output [M:2, C:4, P:3], @rows_ [M:2, C:2], @cache keeps weight]>
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}
