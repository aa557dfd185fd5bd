// Mappings that are written out cost the same in loops, branches and between
// electronic operations.
// RUN: ohas-opt %s --optical-annotate-cost -o %t.attribute.mlir
// RUN: ohas-opt %s --optical-tile --optical-annotate-cost -o %t.loops.mlir
// RUN: grep -o 'optical.[total_]*cost = #optical.cost<[^>]*>' %t.attribute.mlir > %t.attribute
// RUN: grep -o 'optical.[total_]*cost = #optical.cost<[^>]*>' %t.loops.mlir > %t.loops
// RUN: diff %t.attribute %t.loops
// RUN: FileCheck %s --input-file=%t.loops.mlir

// CHECK: optical.total_cost = #optical.cost<latency_ps = {{[0-9]+}}, energy_fj = {{[0-9]+}}, cycles = {{[0-9]+}}, macs = 5600
// CHECK: optical.mac {{.*}} {optical.cost = #optical.cost<{{.*}} macs = 100

module attributes {optical.target = @a} {
optical.accelerator @a clock_ghz 1 {
  optical.memory @dram keeps weight, input, output read_fj_per_bit 3 write_fj_per_bit 2
  optical.memory @glb keeps input, output resident read_fj_per_bit 1
  optical.fanout @rows x 4 over [M, C] output sum
  optical.compute @mac energy_fj 7
  optical.vector_unit @vector at @dram overlap 0.5 elements_per_cycle 2
      energy_fj_per_element {activation = 3}
}
func.func @main(%x: tensor<2x5xf32>, %w: tensor<5x10xf32>, %v: tensor<10x5xf32>,
                %yes: i1) -> tensor<2x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c28 = arith.constant 28 : index
  %0 = scf.for %i = %c0 to %c28 step %c1 iter_args(%s = %x) -> tensor<2x5xf32> {
    %h = optical.matmul %s, %w
        mapping <@a, [@dram keeps weight, input, output [M:4, P:2], @glb keeps input, output stays output [M:3, C:2], @rows [C:4]]>
        : (tensor<2x5xf32>, tensor<5x10xf32>) -> tensor<2x10xf32>
    %r = optical.electronic "onnx.Relu"(%h) class activation opset 17
        : (tensor<2x10xf32>) -> tensor<2x10xf32>
    %b = scf.if %yes -> tensor<2x5xf32> {
      %y = optical.matmul %r, %v
          mapping <@a, [@dram keeps weight, input, output [C:10, M:5, P:2], @glb keeps input stays input]>
          : (tensor<2x10xf32>, tensor<10x5xf32>) -> tensor<2x5xf32>
      scf.yield %y : tensor<2x5xf32>
    } else {
      %y = optical.electronic "onnx.Slice"(%r) class movement opset 17
          : (tensor<2x10xf32>) -> tensor<2x5xf32>
      scf.yield %y : tensor<2x5xf32>
    }
    scf.yield %b : tensor<2x5xf32>
  }
  return %0 : tensor<2x5xf32>
}
}
