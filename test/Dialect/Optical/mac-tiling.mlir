// MLIR's own tiling works on optical.mac.
// RUN: ohas-opt %s --transform-interpreter --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @tile
// CHECK: scf.for
// CHECK: tensor.extract_slice %{{.*}} [1, 4, 3, 3, 1, 1]
// The window of two positions at a stride of two with a kernel of three.
// CHECK: tensor.extract_slice %{{.*}} [1, 1, 3, 5, 1, 1]
// CHECK: optical.mac {{.*}} strides [2, 1, 1]
// CHECK: tensor.insert_slice
func.func @tile(%w: tensor<1x8x3x3x1x1xf32>, %x: tensor<1x1x3x9x1x1xf32>,
                %s: tensor<1x1x8x4x1x1xf32>) -> tensor<1x1x8x4x1x1xf32> {
  %0 = optical.mac %w, %x into %s strides [2, 1, 1]
      : tensor<1x8x3x3x1x1xf32>, tensor<1x1x3x9x1x1xf32> -> tensor<1x1x8x4x1x1xf32>
  return %0 : tensor<1x1x8x4x1x1xf32>
}

// CHECK-LABEL: func.func @spread
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<3x1x1x8x4x1x1xf32>
// CHECK: %[[PARTS:.*]] = scf.forall (%[[I:.*]]) in (3) shared_outs(%[[OWN:.*]] = %[[ZERO]])
// CHECK:   tensor.extract_slice %[[OWN]][%[[I]], 0, 0, 0, 0, 0, 0] [1, 1, 1, 8, 4, 1, 1]
// CHECK:   optical.mac
// CHECK:   tensor.parallel_insert_slice
// CHECK: optical.sum %[[PARTS]] into %{{.*}} : tensor<3x1x1x8x4x1x1xf32> -> tensor<1x1x8x4x1x1xf32>
func.func @spread(%w: tensor<1x8x3x3x1x1xf32>, %x: tensor<1x1x3x9x1x1xf32>,
                  %s: tensor<1x1x8x4x1x1xf32>) -> tensor<1x1x8x4x1x1xf32> {
  %0 = optical.mac %w, %x into %s strides [2, 1, 1]
      : tensor<1x8x3x3x1x1xf32>, tensor<1x1x3x9x1x1xf32> -> tensor<1x1x8x4x1x1xf32>
  return %0 : tensor<1x1x8x4x1x1xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %both = transform.structured.match ops{["optical.mac"]} in %root
        : (!transform.any_op) -> !transform.any_op
    %mac, %other = transform.split_handle %both
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %tiled, %loops:2 = transform.structured.tile_using_for %mac tile_sizes [0, 0, 4, 0, 2]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op)
    %fill, %part, %sum, %forall = transform.structured.tile_reduction_using_forall %other
        by num_threads = [] tile_sizes = [0, 0, 0, 1]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}
