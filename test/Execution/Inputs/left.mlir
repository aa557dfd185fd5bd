func.func @main(%x: tensor<7x40xf32>) -> (tensor<5x40xf32>, tensor<40x5xf32>) {
  %w = arith.constant dense_resource<"w"> : tensor<5x7xf32>
  %0 = optical.matmul %w, %x : (tensor<5x7xf32>, tensor<7x40xf32>) -> tensor<5x40xf32>
  %1 = optical.matmul %x, %w transpose_lhs transpose_rhs : (tensor<7x40xf32>, tensor<5x7xf32>) -> tensor<40x5xf32>
  return %0, %1 : tensor<5x40xf32>, tensor<40x5xf32>
}
