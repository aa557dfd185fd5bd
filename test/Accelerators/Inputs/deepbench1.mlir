// A layer of DeepBench, as OpticalLoop runs it (docs/deap_cnns.md).
func.func @bench1(%x: tensor<8x64x112x112xf32>) -> tensor<8x128x110x110xf32> {
  %w = arith.constant dense_resource<"weight"> : tensor<128x64x3x3xf32>
  %0 = optical.conv %x, %w
      : (tensor<8x64x112x112xf32>, tensor<128x64x3x3xf32>) -> tensor<8x128x110x110xf32>
  return %0 : tensor<8x128x110x110xf32>
}
