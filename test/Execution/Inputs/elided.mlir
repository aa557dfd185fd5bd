func.func @main() -> tensor<8x16xf32> {
  %w = arith.constant dense_resource<"fc.weight"> : tensor<8x16xf32>
  return %w : tensor<8x16xf32>
}
