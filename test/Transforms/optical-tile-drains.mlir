// RUN: ohas-opt %s --optical-tile=integrator-drains=true | FileCheck %s

// Of 6 x 4 steps along C, inside and outside of the integrator, sums leave after
// 8: three times for each output, and none in between.

// CHECK: optical.fetch output {{.*}} at @a::@buffer
// CHECK: scf.for {{.*}} step %c8 iter_args
// CHECK: optical.fetch output {{.*}} at @a::@integrator
// CHECK: scf.for
// CHECK: optical.mac
// CHECK: } {optical.level = #optical.level_mapping<@integrator [C:8]>}
// CHECK: optical.convert output {{.*}} at @a::@adc
// CHECK: } {optical.level = #optical.level_mapping<@buffer [C:3]>}
// CHECK: } {optical.level = #optical.level_mapping<@buffer [P:4]>}
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @buffer keeps output
  optical.converter @adc output from analog to digital
  optical.memory @integrator keeps output loops [C] accumulate_limit 8
  optical.compute @mac
}
func.func @layer(%x: tensor<4x24xf32>, %w: tensor<24x1xf32>)
    -> tensor<4x1xf32> {
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [], @buffer keeps output [P:4, C:6],
                    @integrator keeps output [C:4]]>
      : (tensor<4x24xf32>, tensor<24x1xf32>) -> tensor<4x1xf32>
  return %0 : tensor<4x1xf32>
}
