// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-annotate-cost)' | FileCheck %s
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-annotate-cost{reading=published})' | FileCheck %s --check-prefix=PUBLISHED
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-annotate-cost{reading=imagined})' 2>&1 | FileCheck %s --check-prefix=READING

// READING: error: unknown reading 'imagined': accelerator 'toy' has mapped, published

// 2 x 8 x 16 MACs on four lanes take 64 steps of 1 ns. DRAM: the product reads
// what every step asks of it, at 1 fJ a bit and 8 bits an element.
// CHECK: optical.total_cost = #optical.cost<latency_ps = {{[0-9]+}}, energy_fj = {{[0-9]+}}
// CHECK-LABEL: func.func @layer
// CHECK: optical.matmul
// CHECK-SAME: optical.cost = #optical.cost<latency_ps = 64000
// CHECK-SAME: cycles = 64, macs = 256
// CHECK: scf.for
// CHECK: optical.electronic "onnx.Relu"
// CHECK-SAME: optical.cost

// PUBLISHED-LABEL: func.func @layer
// PUBLISHED: optical.cost = #optical.cost<latency_ps = 256, energy_fj = 512, cycles = 1, macs = 256
// PUBLISHED-SAME: breakdown = {everything = 512}
module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.memory @dram keeps weight, input, output must weight, input, output
        read_fj_per_bit 1
    optical.fanout @lanes x 4 over [M] input broadcast wired
    optical.compute @mac
    optical.vector_unit @simd at @dram elements_per_cycle 1
        energy_fj_per_element {activation = 3}
    optical.accounting @published source "none: a test" latency_ps macs {
      optical.tally @everything count macs energy_fj 2
    }
  }
  func.func @layer(%x: tensor<2x8xf32>, %w: tensor<8x16xf32>) -> tensor<2x16xf32> {
    %0 = optical.matmul %x, %w
        mapping <@toy, [@dram keeps weight, input, output [M:4, C:8, P:2], @lanes [M:4]]>
        : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c5 = arith.constant 5 : index
    // Five executions of the same cost.
    %1 = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %0) -> tensor<2x16xf32> {
      %2 = optical.electronic "onnx.Relu"(%a) class activation : (tensor<2x16xf32>) -> tensor<2x16xf32>
      scf.yield %2 : tensor<2x16xf32>
    }
    return %1 : tensor<2x16xf32>
  }
}
