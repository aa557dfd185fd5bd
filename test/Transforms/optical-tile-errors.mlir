// RUN: ohas-opt %s --optical-tile --split-input-file --verify-diagnostics

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.memory @small keeps input capacity_bits 8
  optical.compute @mac
}
func.func @capacity(%x: tensor<6x12xf32>, %w: tensor<12x10xf32>) {
  // expected-error @below {{memory 'small' holds 8 bits, the tiles take 576}}
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [M:10], @small keeps input [P:6, C:12]]>
      : (tensor<6x12xf32>, tensor<12x10xf32>) -> tensor<6x10xf32>
  return
}
