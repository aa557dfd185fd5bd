// RUN: ohas-opt %s --estimate --json=%t.json -o %t.mlir > /dev/null 2> %t.err
// RUN: FileCheck %s --check-prefix=WARNING < %t.err
// RUN: %python %S/Inputs/counts.py %t.json | FileCheck %s

// Loops multiply, once warned about where they are not known; of branches the one
// with the most multiply-accumulates counts, then that with the most elements.

// WARNING: warning: how often this loop runs is not known; its body is counted once (set optical.trip_count, or import with --trip-count)
// WARNING-NOT: warning:

// CHECK: optical.matmul M4 1
// CHECK-NEXT: optical.matmul M8 0
// CHECK-NEXT: onnx.Neg 0
// CHECK-NEXT: optical.matmul M16 6
// CHECK-NEXT: optical.matmul M32 7
// CHECK-NEXT: optical.matmul M24 0
// CHECK-NEXT: onnx.Exp 3
// CHECK-NEXT: onnx.Log 0
// CHECK-NEXT: onnx.Abs 0
// CHECK-NEXT: onnx.Relu 5
// CHECK-NEXT: onnx.Tanh 1
// CHECK-NEXT: onnx.Sin 1
// CHECK-NEXT: total 5184

// Each product is of 4 x 4 x M: 16 x (4 + 6 x 16 + 7 x 32) = 5184.
func.func @main(%c: i1, %x: tensor<4x4xf32>, %w4: tensor<4x4xf32>, %w8: tensor<4x8xf32>,
                %w16: tensor<4x16xf32>, %w24: tensor<4x24xf32>, %w32: tensor<4x32xf32>,
                %big: tensor<8x8xf32>, %n: index, %k: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %0 = optical.matmul %x, %w4 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  scf.if %c {
    %1 = optical.matmul %x, %w8 : (tensor<4x4xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    %2 = optical.electronic "onnx.Neg"(%1) class elementwise opset 17 : (tensor<4x8xf32>) -> tensor<4x8xf32>
  } else {
    // Two by three times, which is more than the other branch, and holds branches.
    scf.for %i = %c0 to %c2 step %c1 {
      scf.for %j = %c0 to %c3 step %c1 {
        scf.if %c {
          %3 = optical.matmul %x, %w16 : (tensor<4x4xf32>, tensor<4x16xf32>) -> tensor<4x16xf32>
        }
      }
    }
  }
  scf.index_switch %k
  case 1 {
    %4 = optical.matmul %x, %w24 : (tensor<4x4xf32>, tensor<4x24xf32>) -> tensor<4x24xf32>
    scf.yield
  }
  default {
    scf.while : () -> () {
      scf.condition(%c)
    } do {
      %5 = optical.matmul %x, %w32 : (tensor<4x4xf32>, tensor<4x32xf32>) -> tensor<4x32xf32>
      scf.yield
    } attributes {optical.trip_count = 7 : i64}
  }
  scf.for %i = %c0 to %c3 step %c1 {
    // No products: the larger tensor.
    scf.if %c {
      %6 = optical.electronic "onnx.Exp"(%big) class activation opset 17 : (tensor<8x8xf32>) -> tensor<8x8xf32>
    } else {
      %7 = optical.electronic "onnx.Log"(%x) class activation opset 17 : (tensor<4x4xf32>) -> tensor<4x4xf32>
      scf.for %j = %c0 to %c2 step %c1 {
        %8 = optical.electronic "onnx.Abs"(%x) class activation opset 17 : (tensor<4x4xf32>) -> tensor<4x4xf32>
      }
    }
  }
  scf.for %i = %c0 to %c5 step %c1 {
    %9 = optical.electronic "onnx.Relu"(%x) class activation opset 17 : (tensor<4x4xf32>) -> tensor<4x4xf32>
  }
  // Not known: twice the work, one warning.
  scf.for %i = %c0 to %n step %c1 {
    %10 = optical.electronic "onnx.Tanh"(%x) class activation opset 17 : (tensor<4x4xf32>) -> tensor<4x4xf32>
    %11 = optical.electronic "onnx.Sin"(%x) class activation opset 17 : (tensor<4x4xf32>) -> tensor<4x4xf32>
  }
  return
}
