// What optical-tile makes: values pass levels as they are, the rest are loops.
// RUN: ohas-opt %s --convert-optical-to-linalg | FileCheck %s

// CHECK-NOT: optical.accelerator
// CHECK-DAG: #[[$WEIGHT:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8, d9) -> (d1, d2, d3, d6, d7, d9)>
// CHECK-DAG: #[[$WINDOWS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8, d9) -> (d0, d1, d3, d4 * 2 + d6 * 3, d5 + d7, d8 + d9)>
// CHECK-DAG: #[[$SUMS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8, d9) -> (d0, d1, d2, d4, d5, d8)>
// CHECK-DAG: #[[$POSITIONS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8, d9) -> (d0, d1, d3, d4, d5, d8)>
// CHECK-DAG: #[[$OVERLAP:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8, d9) -> (d0, d1, d2, d4 * 2 + d6, d5 + d7, d8 + d9)>

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.converter @dac weight from digital to analog
  optical.fanout @taps x 3 over [C] output sum
  optical.compute @mac
}

// CHECK-LABEL: func.func @forward
// CHECK-SAME: (%[[W:.*]]: tensor<1x8x3x2x3x1xi8>, %[[X:.*]]: tensor<1x1x3x10x9x1xi8>, %[[S:.*]]: tensor<1x1x8x4x7x1xi32>)
// CHECK-NEXT: linalg.generic {indexing_maps = [#[[$WEIGHT]], #[[$WINDOWS]], #[[$SUMS]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "parallel", "parallel", "reduction", "reduction", "parallel", "reduction"]} ins(%[[W]], %[[X]] : {{.*}}) outs(%[[S]]
// CHECK: arith.extsi
// CHECK: arith.extui
func.func @forward(%w: tensor<1x8x3x2x3x1xi8>, %x: tensor<1x1x3x10x9x1xi8>,
                   %s: tensor<1x1x8x4x7x1xi32>) -> tensor<1x1x8x4x7x1xi32> {
  %0 = optical.fetch weight %w at @a::@dram : tensor<1x8x3x2x3x1xi8>
  %1 = optical.convert weight %0 at @a::@dac : tensor<1x8x3x2x3x1xi8>
  %2 = optical.mac %1, %x into %s strides [2, 1, 1] dilations [3, 1, 1] unsigned_input
      : tensor<1x8x3x2x3x1xi8>, tensor<1x1x3x10x9x1xi8> -> tensor<1x1x8x4x7x1xi32>
  return %2 : tensor<1x1x8x4x7x1xi32>
}

// CHECK-LABEL: func.func @backward
// CHECK: linalg.generic {indexing_maps = [#[[$WEIGHT]], #[[$POSITIONS]], #[[$OVERLAP]]]
// CHECK-SAME: iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction", "reduction", "reduction", "reduction"]
func.func @backward(%w: tensor<1x8x3x3x1x1xf32>, %x: tensor<1x1x3x4x1x1xf32>,
                    %s: tensor<1x1x8x9x1x1xf32>) -> tensor<1x1x8x9x1x1xf32> {
  %0 = optical.mac %w, %x into %s strides [2, 1, 1] transposed
      : tensor<1x8x3x3x1x1xf32>, tensor<1x1x3x4x1x1xf32> -> tensor<1x1x8x9x1x1xf32>
  return %0 : tensor<1x1x8x9x1x1xf32>
}

// CHECK-LABEL: func.func @sum
// CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "parallel"]
// CHECK: arith.addf
func.func @sum(%p: tensor<3x?xf32>, %s: tensor<?xf32>) -> tensor<?xf32> {
  %0 = optical.sum %p into %s at @a::@taps : tensor<3x?xf32> -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
