// RUN: ohas-opt %s --convert-optical-electronic-to-linalg | FileCheck %s

// A scalar among lists is a list of one, as the importer has it.

// CHECK-LABEL: func.func @scalar
// CHECK-SAME: (%[[X:.*]]: tensor<2xi64>, %[[Y:.*]]: tensor<i64>)
// CHECK: %[[ONE:.*]] = tensor.expand_shape %[[Y]]
// CHECK: tensor.insert_slice %[[ONE]] into %{{.*}}[2] [1] [1]
func.func @scalar(%x: tensor<2xi64>, %y: tensor<i64>) -> tensor<3xi64> {
  %0 = optical.electronic "onnx.Concat"(%x, %y) class movement opset 17
      attributes {axis = 0 : i64}
      : (tensor<2xi64>, tensor<i64>) -> tensor<3xi64>
  return %0 : tensor<3xi64>
}
