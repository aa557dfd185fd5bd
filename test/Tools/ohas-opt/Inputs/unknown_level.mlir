module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 {
    optical.memory @dram keeps weight, input, output
    optical.compute @mac
  }
  func.func @main(%x: tensor<2x8xf32>, %w: tensor<8x16xf32>) -> tensor<2x16xf32> {
    %0 = optical.matmul %x, %w mapping <@toy, [@nosuch [M:16]]>
        : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
    return %0 : tensor<2x16xf32>
  }
}
