func.func @main(%x: tensor<2x7xi8>) -> tensor<2x5xi32> {
  %w = arith.constant dense_resource<"w"> : tensor<7x5xi8>
  %0 = optical.matmul %x, %w
      : (tensor<2x7xi8>, tensor<7x5xi8>) -> tensor<2x5xi32>
  return %0 : tensor<2x5xi32>
}
