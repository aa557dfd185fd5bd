// A layer of DeepBench, as OpticalLoop runs it (docs/deap_cnns.md).
func.func @bench0(%x: tensor<4x1x163x701xf32>) -> tensor<4x32x72x349xf32> {
  %w = arith.constant dense_resource<"weight"> : tensor<32x1x20x5xf32>
  %0 = optical.conv %x, %w strides [2, 2]
      : (tensor<4x1x163x701xf32>, tensor<32x1x20x5xf32>) -> tensor<4x32x72x349xf32>
  return %0 : tensor<4x32x72x349xf32>
}
