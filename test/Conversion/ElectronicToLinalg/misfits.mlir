// Operands, attributes and results that ONNX's operators do not have.
// RUN: not ohas-opt %s --convert-optical-electronic-to-linalg 2>&1 | FileCheck %s

// CHECK: error: cannot be lowered: Gather: it has 1 inputs, but needs 2 (at node 'a'),
// CHECK-SAME: Transpose: Invalid attribute perm {2, 0}, input shape = {8, 4} (at node 'b'),
// CHECK-SAME: Softmax: its result is tensor<8x4xf32>, but declared as tensor<4x8xf32> (at node 'c'),
// CHECK-SAME: Add: cannot broadcast [8, 4] and [3] (at node 'd'),
// CHECK-SAME: Reshape: cannot reshape [8, 4] to [5, 7] (at node 'e'),
// CHECK-SAME: BitCast: operands that do not fit its result (at node 'f'){{$}}
func.func @main(%x: tensor<8x4xf32>, %at: tensor<1xi64>, %y: tensor<3xf32>)
    -> (tensor<8x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<8x4xf32>,
        tensor<5x7xf32>, tensor<4xi32>) {
  %shape = arith.constant dense<[5, 7]> : tensor<2xi64>
  %0 = optical.electronic "onnx.Gather"(%x) class movement opset 17
      : (tensor<8x4xf32>) -> tensor<8x4xf32> loc("a")
  %1 = optical.electronic "onnx.Transpose"(%x) class movement opset 17
      attributes {perm = [2, 0]} : (tensor<8x4xf32>) -> tensor<4x8xf32> loc("b")
  %2 = optical.electronic "onnx.Softmax"(%x) class softmax opset 17
      : (tensor<8x4xf32>) -> tensor<4x8xf32> loc("c")
  %3 = optical.electronic "onnx.Add"(%x, %y) class elementwise opset 17
      : (tensor<8x4xf32>, tensor<3xf32>) -> tensor<8x4xf32> loc("d")
  %4 = optical.electronic "onnx.Reshape"(%x, %shape) class movement opset 17
      : (tensor<8x4xf32>, tensor<2xi64>) -> tensor<5x7xf32> loc("e")
  %5 = optical.electronic "onnx.BitCast"(%x) class shape opset 26
      attributes {to = 6 : i64} : (tensor<8x4xf32>) -> tensor<4xi32> loc("f")
  return %0, %1, %2, %3, %4, %5 : tensor<8x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>,
      tensor<8x4xf32>, tensor<5x7xf32>, tensor<4xi32>
}
