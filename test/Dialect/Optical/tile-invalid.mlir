// What is wrong with operations of mappings that are written out.
// RUN: ohas-opt %s --split-input-file --verify-diagnostics

func.func @steps(%w: tensor<1x1x1x1x1x1xf32>, %x: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @below {{'optical.mac' op strides has 2 entries, expected 3}}
  %0 = optical.mac %w, %x into %x strides [1, 1]
      : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
  return
}

// -----

func.func @step(%w: tensor<1x1x1x1x1x1xf32>, %x: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @below {{'optical.mac' op dilations has the entry 0, the least is 1}}
  %0 = optical.mac %w, %x into %x dilations [1, 0, 1]
      : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
  return
}

// -----

func.func @channels(%w: tensor<1x1x3x1x1x1xf32>, %x: tensor<1x1x2x1x1x1xf32>,
                    %s: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @below {{'optical.mac' op dim 'C' is 3 in the weight, but 2 in the input}}
  %0 = optical.mac %w, %x into %s
      : tensor<1x1x3x1x1x1xf32>, tensor<1x1x2x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
  return
}

// -----

func.func @window(%w: tensor<1x1x1x3x1x1xf32>, %x: tensor<1x1x1x9x1x1xf32>,
                  %s: tensor<1x1x1x4x1x1xf32>) {
  // expected-error @below {{'optical.mac' op windows of 'P' span 6 elements, but the input has 9}}
  %0 = optical.mac %w, %x into %s
      : tensor<1x1x1x3x1x1xf32>, tensor<1x1x1x9x1x1xf32> -> tensor<1x1x1x4x1x1xf32>
  return
}

// -----

func.func @overlap(%w: tensor<1x1x1x3x1x1xf32>, %x: tensor<1x1x1x4x1x1xf32>,
                   %s: tensor<1x1x1x4x1x1xf32>) {
  // expected-error @below {{'optical.mac' op windows of 'P' span 9 elements, but the sums have 4}}
  %0 = optical.mac %w, %x into %s strides [2, 1, 1] transposed
      : tensor<1x1x1x3x1x1xf32>, tensor<1x1x1x4x1x1xf32> -> tensor<1x1x1x4x1x1xf32>
  return
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @cache keeps weight
  optical.converter @dac input from digital to analog
  optical.compute @mac
}
func.func @unknown(%t: tensor<4xf32>) {
  // expected-error @below {{'optical.fetch' op unknown level @a::@glb}}
  %0 = optical.fetch weight %t at @a::@glb : tensor<4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @cache keeps weight
  optical.converter @dac input from digital to analog
  optical.compute @mac
}
func.func @no_memory(%t: tensor<4xf32>) {
  // expected-error @below {{'optical.fetch' op @a::@dac is a converter, and keeps nothing}}
  %0 = optical.fetch weight %t at @a::@dac : tensor<4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @cache keeps weight
  optical.converter @dac input from digital to analog
  optical.compute @mac
}
func.func @cannot_keep(%t: tensor<4xf32>) {
  // expected-error @below {{'optical.fetch' op memory @a::@cache cannot keep 'input'}}
  %0 = optical.fetch input %t at @a::@cache : tensor<4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @cache keeps weight
  optical.converter @dac input from digital to analog
  optical.compute @mac
}
func.func @no_converter(%t: tensor<4xf32>) {
  // expected-error @below {{'optical.convert' op @a::@cache is a memory, and converts nothing}}
  %0 = optical.convert input %t at @a::@cache : tensor<4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @cache keeps weight
  optical.converter @dac input from digital to analog
  optical.compute @mac
}
func.func @other_tensor(%t: tensor<4xf32>) {
  // expected-error @below {{'optical.convert' op converter @a::@dac is for 'input', not 'weight'}}
  %0 = optical.convert weight %t at @a::@dac : tensor<4xf32>
  return
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @cache keeps weight
  optical.converter @dac input from digital to analog
  optical.compute @mac
}
func.func @no_sum(%t: tensor<4xf32>) {
  // expected-error @below {{'optical.sum' op @a::@mac is a compute, and adds nothing}}
  %0 = optical.sum %t into %t at @a::@mac : tensor<4xf32> -> tensor<4xf32>
  return
}

// -----

func.func @types(%p: tensor<2x4xf32>, %s: tensor<4xf64>) {
  // expected-error @below {{'optical.sum' op adds 'f32' to sums of 'f64'}}
  %0 = optical.sum %p into %s : tensor<2x4xf32> -> tensor<4xf64>
  return
}

// -----

func.func @rank(%p: tensor<4xf32>, %s: tensor<2x4xf32>) {
  // expected-error @below {{'optical.sum' op partial results have rank 1, the sums 2}}
  %0 = optical.sum %p into %s : tensor<4xf32> -> tensor<2x4xf32>
  return
}

// -----

func.func @shape(%p: tensor<2x5xf32>, %s: tensor<4xf32>) {
  // expected-error @below {{'optical.sum' op dim 0 of the sums is 4, of the partial results 5}}
  %0 = optical.sum %p into %s : tensor<2x5xf32> -> tensor<4xf32>
  return
}

// -----

func.func @loop(%n: index) {
  // expected-error @below {{'optical.level' must be an #optical.level_mapping of one loop}}
  scf.for %i = %n to %n step %n {
  } {optical.level = #optical.level_mapping<@dram [M:2, C:3]>}
  return
}

// -----

// expected-error @below {{'optical.level' belongs on an scf.for}}
func.func @nowhere() attributes {optical.level = #optical.level_mapping<@dram [M:2]>} {
  return
}
