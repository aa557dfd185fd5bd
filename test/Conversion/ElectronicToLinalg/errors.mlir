// What cannot be lowered is named in one error.
// RUN: not ohas-opt %s --convert-optical-electronic-to-linalg 2>&1 | FileCheck %s

// CHECK: error: cannot be lowered: Frobnicate (2 times, first at node 'a'), NonZero (at node 'c'), Slice: bounds that are not constant (at node 'd'), Concat: its inputs are of different types (tensor(float) and tensor(int64)) (at node 'e'){{$}}
func.func @main(%x: tensor<8xf32>, %at: tensor<1xi64>)
    -> (tensor<8xf32>, tensor<1x8xi64>, tensor<4xf32>, tensor<9xf32>) {
  %0 = optical.electronic "onnx.Frobnicate"(%x) class other opset 17
      : (tensor<8xf32>) -> tensor<8xf32> loc("a")
  %1 = optical.electronic "onnx.Frobnicate"(%0) class other opset 17
      : (tensor<8xf32>) -> tensor<8xf32> loc("b")
  %2 = optical.electronic "onnx.NonZero"(%1) class movement opset 17
      : (tensor<8xf32>) -> tensor<1x8xi64> loc("c")
  %3 = optical.electronic "onnx.Slice"(%1, %at, %at) class movement opset 17
      : (tensor<8xf32>, tensor<1xi64>, tensor<1xi64>) -> tensor<4xf32> loc("d")
  %4 = optical.electronic "onnx.Concat"(%1, %2) class movement opset 17
      attributes {axis = 0 : i64}
      : (tensor<8xf32>, tensor<1x8xi64>) -> tensor<9xf32> loc("e")
  return %1, %2, %3, %4 : tensor<8xf32>, tensor<1x8xi64>, tensor<4xf32>, tensor<9xf32>
}
