// RUN: ohas-opt %s --optical-tile | FileCheck %s
// RUN: ohas-opt %s --optical-annotate-cost -o %t.attribute.mlir
// RUN: ohas-opt %s --optical-tile --optical-annotate-cost -o %t.loops.mlir
// RUN: ohas-opt %s --optical-tile --canonicalize --cse --optical-annotate-cost -o %t.simple.mlir
// RUN: grep -o 'optical.cost = #optical.cost<[^>]*>' %t.attribute.mlir > %t.attribute
// RUN: grep -o 'optical.cost = #optical.cost<[^>]*>' %t.loops.mlir > %t.loops
// RUN: grep -o 'optical.cost = #optical.cost<[^>]*>' %t.simple.mlir > %t.simple
// RUN: diff %t.attribute %t.loops
// RUN: diff %t.attribute %t.simple

module attributes {optical.target = @a} {

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output read_fj_per_bit 100 write_fj_per_bit 50
  optical.memory @glb keeps input, output read_fj_per_bit 7
  optical.converter @dac input from digital to optical energy_fj 5
  optical.converter @adc output from analog to digital energy_fj 9
  optical.fanout @groups x 8 over [M, P] input broadcast
  optical.fanout @taps x 16 over [C, R, S, P] output sum
  optical.converter @mzm weight from digital to optical energy_fj 3
  optical.compute @mac energy_fj 1
}

// Memories hold tiles, sums of their own begin at zero, and what a fan-out of
// reductions makes is added where the converter sees it once.
// CHECK-LABEL: func.func @product
// CHECK-SAME: (%[[X:.*]]: tensor<6x12xf32>, %[[W:.*]]: tensor<12x10xf32>)
// CHECK: linalg.transpose ins(%[[W]] : tensor<12x10xf32>)
// CHECK: %[[WC:.*]] = tensor.expand_shape {{.*}} into tensor<1x10x12x1x1x1xf32>
// CHECK: linalg.transpose ins(%[[X]] : tensor<6x12xf32>)
// CHECK: %[[XC:.*]] = tensor.expand_shape {{.*}} into tensor<1x1x12x6x1x1xf32>
// CHECK: %[[ZERO:.*]] = tensor.splat %{{.*}} : tensor<1x1x10x6x1x1xf32>
// CHECK: %[[W1:.*]] = optical.fetch weight %[[WC]] at @a::@dram : tensor<1x10x12x1x1x1xf32>
// CHECK: %[[X1:.*]] = optical.fetch input %[[XC]] at @a::@dram
// CHECK: %[[Y1:.*]] = optical.fetch output %[[ZERO]] at @a::@dram
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[ACC:.*]] = %[[Y1]])
// Ten columns in tiles of four: the last has two.
// CHECK:   %[[M:.*]] = affine.min #{{.*}}(%[[I]])
// CHECK:   %[[WT:.*]] = tensor.extract_slice %[[W1]][0, %[[I]], 0, 0, 0, 0] [1, %[[M]], 12, 1, 1, 1]
// CHECK:   %[[YT:.*]] = tensor.extract_slice %[[ACC]]
// CHECK:   %[[X2:.*]] = optical.fetch input %[[X1]] at @a::@glb
// CHECK:   %[[Z2:.*]] = tensor.splat
// CHECK:   %[[Y2:.*]] = optical.fetch output %[[Z2]] at @a::@glb
// CHECK:   %[[INNER:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[Y2]])
// CHECK:     optical.convert input %{{.*}} at @a::@dac
// CHECK:     %[[Z3:.*]] = tensor.splat
// CHECK:     %[[COPIES:.*]] = scf.forall (%{{.*}}) in (%{{.*}}) shared_outs(%{{.*}} = %[[Z3]])
// CHECK:       %[[PARTS:.*]] = scf.forall (%{{.*}}) in (12) shared_outs({{.*}}) -> (tensor<12x1x1x1x1x1x1xf32>)
// CHECK:         optical.convert weight %{{.*}} at @a::@mzm
// CHECK:         optical.mac
// CHECK-SAME:      tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
// CHECK:       } {mapping = [#optical.level_mapping<@taps [C:12]>]}
// CHECK:       optical.sum %[[PARTS]] into %{{.*}} at @a::@taps : tensor<12x1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
// CHECK:     } {mapping = [#optical.level_mapping<@groups [M:4]>]}
// CHECK:     %[[DIGITAL:.*]] = optical.convert output %[[COPIES]] at @a::@adc
// CHECK:     optical.sum %[[DIGITAL]] into %{{.*}} at @a::@glb
// CHECK:   } {optical.level = #optical.level_mapping<@glb [P:6]>}
// CHECK:   optical.sum %[[INNER]] into %[[YT]] at @a::@dram
// CHECK: } {optical.level = #optical.level_mapping<@dram [M:3]>}
// CHECK-NOT: optical.matmul
func.func @product(%x: tensor<6x12xf32>, %w: tensor<12x10xf32>)
    -> tensor<6x10xf32> {
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [M:3], @glb keeps input, output [P:6],
                    @groups [M:4], @taps [C:12]]>
      : (tensor<6x12xf32>, tensor<12x10xf32>) -> tensor<6x10xf32>
  return %0 : tensor<6x10xf32>
}

// Padding is written out; what no window touches is cut off.
// CHECK-LABEL: func.func @strided
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 0] [1, 4, 7]
// CHECK: tensor.pad %{{.*}} low[0, 0, 1] high[0, 0, 0]
// CHECK: tensor.expand_shape {{.*}} into tensor<1x2x2x8x1x1xf32>
// CHECK: optical.mac {{.*}} strides [3, 1, 1] dilations [2, 1, 1]
// CHECK: tensor.collapse_shape {{.*}} into tensor<1x6x2xf32>
func.func @strided(%x: tensor<1x4x9xf32>, %w: tensor<6x2x3xf32>)
    -> tensor<1x6x2xf32> {
  %0 = optical.conv %x, %w strides [3] dilations [2] pads [1, 0] group 2
      mapping <@a, [@dram keeps weight, input, output [G:2, M:3, P:2],
                    @taps [C:2, R:3]]>
      : (tensor<1x4x9xf32>, tensor<6x2x3xf32>) -> tensor<1x6x2xf32>
  return %0 : tensor<1x6x2xf32>
}

// Windows of a transposed convolution overlap: copies along its positions and
// along the kernel have partial results.
// CHECK-LABEL: func.func @up
// CHECK: optical.fetch output %{{.*}} at @a::@dram : tensor<1x1x2x9x1x1xf32>
// CHECK: scf.forall (%{{.*}}, %{{.*}}) in (4, 3) shared_outs({{.*}}) -> (tensor<4x3x1x1x1x9x1x1xf32>)
// CHECK: optical.mac {{.*}} transposed
// CHECK: } {mapping = [#optical.level_mapping<@taps [P:4]>, #optical.level_mapping<@taps [R:3]>]}
// CHECK: optical.sum %{{.*}} into %{{.*}} at @a::@taps : tensor<4x3x1x1x1x9x1x1xf32>
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 1] [1, 2, 8]
func.func @up(%x: tensor<1x3x4xf32>, %w: tensor<3x2x3xf32>)
    -> tensor<1x2x8xf32> {
  %0 = optical.conv_transpose %x, %w strides [2] pads [1, 0]
      mapping <@a, [@dram keeps weight, input, output [M:2, C:3],
                    @taps [P:4, R:3]]>
      : (tensor<1x3x4xf32>, tensor<3x2x3xf32>) -> tensor<1x2x8xf32>
  return %0 : tensor<1x2x8xf32>
}

// The left operand is the weight; batches of the input alone are N.
// CHECK-LABEL: func.func @left
// CHECK: optical.fetch weight %{{.*}} at @a::@dram : tensor<1x3x4x1x1x1xi8>
// CHECK: optical.fetch input %{{.*}} at @a::@dram : tensor<5x1x4x2x1x1xi8>
// CHECK: optical.mac {{.*}} unsigned_input weight_bits 8 input_bits 8 output_bits 8 constant_weight
// CHECK-SAME: -> tensor<1x1x1x1x1x1xi32>
// CHECK: arith.trunci %{{.*}} : i32 to i8
func.func @left(%x: tensor<5x4x2xui8>) -> tensor<5x3x2xi8> {
  %w = arith.constant dense<2> : tensor<3x4xi8>
  %0 = optical.matmul %w, %x
      mapping <@a, [@dram keeps weight, input, output [N:5, M:3, C:4, P:2]]>
      : (tensor<3x4xi8>, tensor<5x4x2xui8>) -> tensor<5x3x2xi8>
  return %0 : tensor<5x3x2xi8>
}

// No work, no mapping, no loops.
// CHECK-LABEL: func.func @empty
// CHECK: optical.matmul
func.func @empty(%x: tensor<0x4xf32>, %w: tensor<4x2xf32>) -> tensor<0x2xf32> {
  %0 = optical.matmul %x, %w
      : (tensor<0x4xf32>, tensor<4x2xf32>) -> tensor<0x2xf32>
  return %0 : tensor<0x2xf32>
}
}
