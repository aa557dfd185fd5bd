func.func @main(%x: tensor<1xf32> {ohas.name = "x"}) -> (tensor<1xf32> {ohas.name = "a/b"}, tensor<1xf32> {ohas.name = "a_b"}) {
  return %x, %x : tensor<1xf32>, tensor<1xf32>
}
