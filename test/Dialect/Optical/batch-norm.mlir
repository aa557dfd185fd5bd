// RUN: ohas-opt %s --canonicalize --split-input-file | FileCheck %s

// Values fold: s = 6 / sqrt(4 - 0) = 3 and 1 / sqrt(0.25) = 2.
// CHECK-LABEL: func @values
func.func @values(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  // CHECK-DAG: %[[T:.*]] = arith.constant dense<{{\[\[\[}}-5.000000e+00]], {{\[\[}}3.000000e+00]]]> : tensor<2x1x1xf32>
  // CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[\[\[}}3.000000e+00]]], {{\[\[\[}}-1.000000e+01]]]]> : tensor<2x1x1x1xf32>
  %w = arith.constant dense<[[[[1.0]]], [[[-5.0]]]]> : tensor<2x1x1x1xf32>
  %scale = arith.constant dense<[6.0, 1.0]> : tensor<2xf32>
  %bias = arith.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %mean = arith.constant dense<[2.0, 0.0]> : tensor<2xf32>
  %var = arith.constant dense<[4.0, 0.25]> : tensor<2xf32>
  // CHECK: %[[C:.*]] = optical.conv %{{.*}}, %[[W]] input_bits 8
  %0 = optical.conv %x, %w input_bits 8 : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  // CHECK-NEXT: %[[R:.*]] = optical.electronic "onnx.Add"(%[[C]], %[[T]]) class elementwise opset 15 :
  // CHECK-NEXT: return %[[R]]
  %1 = optical.electronic "onnx.BatchNormalization"(%0, %scale, %bias, %mean, %var) class normalization opset 15
      attributes {epsilon = 0.0 : f32}
      : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  return %1 : tensor<1x2x4x4xf32>
}

// -----

// A bias in between: t = 1 + 3 * (4 - 2) = 7. Values in resources count.
// CHECK-LABEL: func @biased
func.func @biased(%x: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  // CHECK-DAG: arith.constant dense<7.000000e+00> : tensor<1x1xf32>
  // CHECK-DAG: arith.constant dense<6.000000e+00> : tensor<1x1x1xf32>
  %w = arith.constant dense_resource<two> : tensor<1x1x1xf32>
  %b = arith.constant dense<4.0> : tensor<1x1x1xf32>
  %scale = arith.constant dense<6.0> : tensor<1xf32>
  %bias = arith.constant dense<1.0> : tensor<1xf32>
  %mean = arith.constant dense<2.0> : tensor<1xf32>
  %var = arith.constant dense<4.0> : tensor<1xf32>
  // CHECK: optical.conv
  // CHECK-NEXT: optical.electronic "onnx.Add"
  // CHECK-NEXT: return
  %0 = optical.conv %x, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %1 = optical.electronic "onnx.Add"(%0, %b) class elementwise : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %2 = optical.electronic "onnx.BatchNormalization"(%1, %scale, %bias, %mean, %var) class normalization
      attributes {epsilon = 0.0 : f32}
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  return %2 : tensor<1x1x4xf32>
}
{-#
  dialect_resources: {
    builtin: {
      two: "0x0400000000000040"
    }
  }
#-}

// -----

// Elided weights stay elided, each layer's under a key of its own; a shift
// whose values are all there is computed (with the default epsilon of 1e-5).
// CHECK-LABEL: func @elided
func.func @elided(%x: tensor<1x1x4xf32>) -> (tensor<1x1x4xf32>, tensor<1x1x4xf32>) {
  // CHECK-DAG: dense_resource<w.folded> : tensor<1x1x1xf32>
  // CHECK-DAG: dense_resource<w.folded_1> : tensor<1x1x1xf32>
  // CHECK-DAG: dense_resource<s.folded> : tensor<1x1xf32>
  // CHECK-DAG: arith.constant dense<-0.9999{{.*}}> : tensor<1x1xf32>
  // CHECK-COUNT-2: optical.conv
  // CHECK-NOT: onnx.BatchNormalization
  %w = arith.constant dense_resource<w> : tensor<1x1x1xf32>
  %s = arith.constant dense_resource<s> : tensor<1xf32>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %0 = optical.conv %x, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %1 = optical.electronic "onnx.BatchNormalization"(%0, %one, %one, %two, %one) class normalization
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %2 = optical.conv %1, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %3 = optical.electronic "onnx.BatchNormalization"(%2, %s, %one, %two, %one) class normalization
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  return %1, %3 : tensor<1x1x4xf32>, tensor<1x1x4xf32>
}

// -----

// What must stay: a second use, parameters that are no constants, a training
// normalization, an infinite factor, values in a type that is not folded, values
// beside a factor that is elided.
// CHECK-LABEL: func @stays
// CHECK-COUNT-6: onnx.BatchNormalization
func.func @stays(%x: tensor<1x1x4xf32>, %y: tensor<1x1x4xf16>, %p: tensor<1xf32>) -> (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf16>) {
  %w = arith.constant dense<2.0> : tensor<1x1x1xf32>
  %h = arith.constant dense<2.0> : tensor<1x1x1xf16>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %half = arith.constant dense<1.0> : tensor<1xf16>
  %zero = arith.constant dense<0.0> : tensor<1xf32>
  %0 = optical.conv %x, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %1 = optical.electronic "onnx.BatchNormalization"(%0, %one, %one, %one, %one) class normalization
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %2 = optical.conv %1, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %3 = optical.electronic "onnx.BatchNormalization"(%2, %p, %one, %one, %one) class normalization
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %4 = optical.conv %3, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %5 = optical.electronic "onnx.BatchNormalization"(%4, %one, %one, %one, %one) class normalization attributes {training_mode = 1 : i64}
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %6 = optical.conv %5, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %7 = optical.electronic "onnx.BatchNormalization"(%6, %one, %one, %one, %zero) class normalization attributes {epsilon = 0.0 : f32}
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %8 = optical.conv %y, %h : (tensor<1x1x4xf16>, tensor<1x1x1xf16>) -> tensor<1x1x4xf16>
  %9 = optical.electronic "onnx.BatchNormalization"(%8, %half, %half, %half, %half) class normalization
      : (tensor<1x1x4xf16>, tensor<1xf16>, tensor<1xf16>, tensor<1xf16>, tensor<1xf16>) -> tensor<1x1x4xf16>
  %s = arith.constant dense_resource<s> : tensor<1xf32>
  %10 = optical.conv %7, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %11 = optical.electronic "onnx.BatchNormalization"(%10, %s, %one, %one, %one) class normalization
      : (tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  return %0, %1, %3, %5, %11, %9 : tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x4xf16>
}
