// Two layers, and what a vector unit does between them.
func.func @tiny(%x: tensor<1x16x14x14xf32>) -> tensor<1x64x12x12xf32> {
  %w0 = arith.constant dense_resource<"conv0.weight"> : tensor<32x16x3x3xf32>
  %w1 = arith.constant dense_resource<"conv1.weight"> : tensor<64x32x1x1xf32>
  %0 = optical.conv %x, %w0
      : (tensor<1x16x14x14xf32>, tensor<32x16x3x3xf32>) -> tensor<1x32x12x12xf32>
  %1 = optical.electronic "onnx.Relu"(%0) class activation opset 17
      : (tensor<1x32x12x12xf32>) -> tensor<1x32x12x12xf32>
  %2 = optical.conv %1, %w1
      : (tensor<1x32x12x12xf32>, tensor<64x32x1x1xf32>) -> tensor<1x64x12x12xf32>
  return %2 : tensor<1x64x12x12xf32>
}
