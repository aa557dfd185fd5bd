// RUN: ohas-opt %s --canonicalize --cse | FileCheck %s

// What nobody uses goes away; what draws random numbers stays, once each.
// CHECK-LABEL: func @unused
func.func @unused(%x: tensor<4x8xf32>, %w: tensor<8x4xf32>) {
  // CHECK-NOT: optical.matmul
  %0 = optical.matmul %x, %w : (tensor<4x8xf32>, tensor<8x4xf32>) -> tensor<4x4xf32>
  // CHECK-NOT: onnx.Relu
  %1 = optical.electronic "onnx.Relu"(%0) class activation : (tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK-COUNT-2: onnx.RandomNormal
  %2 = optical.electronic "onnx.RandomNormal"() class other : () -> tensor<4xf32>
  %3 = optical.electronic "onnx.RandomNormal"() class other : () -> tensor<4xf32>
  return
}

// Layers of equal shape with weights of their own stay two layers.
// CHECK-LABEL: func @twins
func.func @twins(%x: tensor<1x4x8x8xf32>) -> (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) {
  %a = arith.constant dense_resource<"a"> : tensor<4x4x3x3xf32>
  %b = arith.constant dense_resource<"b"> : tensor<4x4x3x3xf32>
  // CHECK-COUNT-2: optical.conv
  %0 = optical.conv %x, %a : (tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>) -> tensor<1x4x6x6xf32>
  %1 = optical.conv %x, %b : (tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>) -> tensor<1x4x6x6xf32>
  return %0, %1 : tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>
}

// Equal work on equal operands is done once.
// CHECK-LABEL: func @same
func.func @same(%x: tensor<4x8xf32>, %w: tensor<8x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  // CHECK: %[[R:.*]] = optical.matmul
  // CHECK-NEXT: return %[[R]], %[[R]]
  %0 = optical.matmul %x, %w : (tensor<4x8xf32>, tensor<8x4xf32>) -> tensor<4x4xf32>
  %1 = optical.matmul %x, %w : (tensor<4x8xf32>, tensor<8x4xf32>) -> tensor<4x4xf32>
  return %0, %1 : tensor<4x4xf32>, tensor<4x4xf32>
}

// No member of an accelerator is dropped, used or not.
// CHECK-LABEL: optical.accelerator @kept
optical.accelerator @kept {
  // CHECK: optical.knob @unused
  optical.knob @unused = 1 in [1]
  optical.memory @m keeps weight, input, output
  optical.compute @c
}
