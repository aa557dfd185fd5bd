// Loops that are no mapping of the target.
// RUN: ohas-opt %s --optical-annotate-cost --split-input-file --verify-diagnostics

module attributes {optical.target = @a} {
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}
func.func @nothing(%t: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @below {{no memory holds all of its 'weight'}}
  %0 = optical.mac %t, %t into %t
      : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
  return
}
}

// -----

module attributes {optical.target = @a} {
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @glb keeps input
  optical.compute @mac
}
func.func @order(%w: tensor<1x4x1x1x1x1xf32>, %x: tensor<1x1x1x1x1x1xf32>,
                 %s: tensor<1x1x4x1x1x1xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %0 = optical.fetch weight %w at @a::@dram : tensor<1x4x1x1x1x1xf32>
  %1 = optical.fetch input %x at @a::@dram : tensor<1x1x1x1x1x1xf32>
  %2 = optical.fetch output %s at @a::@dram : tensor<1x1x4x1x1x1xf32>
  %3 = scf.for %i = %c0 to %c1 step %c1 iter_args(%a = %2) -> tensor<1x1x4x1x1x1xf32> {
    // expected-error @below {{a loop of @dram lies inside one of @glb, which is below it}}
    %4 = scf.for %j = %c0 to %c1 step %c4 iter_args(%b = %a) -> tensor<1x1x4x1x1x1xf32> {
      %5 = optical.mac %0, %1 into %b
          : tensor<1x4x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x4x1x1x1xf32>
      scf.yield %5 : tensor<1x1x4x1x1x1xf32>
    } {optical.level = #optical.level_mapping<@dram [M:1]>}
    scf.yield %4 : tensor<1x1x4x1x1x1xf32>
  } {optical.level = #optical.level_mapping<@glb [C:1]>}
  return
}
}

// -----

module attributes {optical.target = @a} {
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}
optical.accelerator @other {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}
func.func @other_target(%t: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @below {{is mapped to @other, the target is @a}}
  %w = optical.fetch weight %t at @other::@dram : tensor<1x1x1x1x1x1xf32>
  %x = optical.fetch input %t at @other::@dram : tensor<1x1x1x1x1x1xf32>
  %s = optical.fetch output %t at @other::@dram : tensor<1x1x1x1x1x1xf32>
  %0 = optical.mac %w, %x into %s
      : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
  return
}
}

// -----

module attributes {optical.target = @a} {
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}
func.func @level(%t: tensor<1x1x1x1x1x1xf32>, %n: index) {
  %w = optical.fetch weight %t at @a::@dram : tensor<1x1x1x1x1x1xf32>
  %x = optical.fetch input %t at @a::@dram : tensor<1x1x1x1x1x1xf32>
  %s = optical.fetch output %t at @a::@dram : tensor<1x1x1x1x1x1xf32>
  // expected-error @below {{unknown level @glb of accelerator @a}}
  %r = scf.for %i = %n to %n step %n iter_args(%b = %s) -> tensor<1x1x1x1x1x1xf32> {
    %0 = optical.mac %w, %x into %b
        : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
    scf.yield %0 : tensor<1x1x1x1x1x1xf32>
  } {optical.level = #optical.level_mapping<@glb [M:1]>}
  return
}
}

// -----

module attributes {optical.target = @a} {
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}
func.func @trips(%t: tensor<1x1x1x1x1x1xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %w = optical.fetch weight %t at @a::@dram : tensor<1x1x1x1x1x1xf32>
  %x = optical.fetch input %t at @a::@dram : tensor<1x1x1x1x1x1xf32>
  %s = optical.fetch output %t at @a::@dram : tensor<1x1x1x1x1x1xf32>
  // expected-error @below {{runs 4 times along 'M', but its loop of @dram is 3 at most}}
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%b = %s) -> tensor<1x1x1x1x1x1xf32> {
    %0 = optical.mac %w, %x into %b
        : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
    scf.yield %0 : tensor<1x1x1x1x1x1xf32>
  } {optical.level = #optical.level_mapping<@dram [M:3]>}
  return
}
}
