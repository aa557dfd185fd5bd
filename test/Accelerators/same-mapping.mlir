// RUN: ohas-opt %s --estimate --proof-budget=0 | FileCheck %s

// The search for a mapping of this layer draws at random. What it draws depends
// on the seed, and not on the compiler that this program was built with.
// CHECK: Energy 820.5 uJ
func.func @main(%x: tensor<1x256x56x56xf32>) -> tensor<1x512x28x28xf32> {
  %w = arith.constant dense_resource<"w"> : tensor<512x256x1x1xf32>
  %0 = optical.conv %x, %w strides [2, 2] : (tensor<1x256x56x56xf32>, tensor<512x256x1x1xf32>) -> tensor<1x512x28x28xf32>
  return %0 : tensor<1x512x28x28xf32>
}
