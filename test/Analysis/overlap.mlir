// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-annotate-cost)' | FileCheck %s

// Half of a contraction's time hides electronic work that follows it in its
// block: 64 steps of 1 ns leave 32 ns for 20 ns of one and 12 of 20 ns of the
// next operation.
module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.knob @share = 0.5 in [0.5]
    optical.memory @dram keeps weight, input, output
    optical.component @laser static_uw 1000
    optical.fanout @lanes x 4 over [M] input broadcast wired
    optical.compute @mac
    optical.vector_unit @simd at @dram elements_per_cycle 1 overlap share
  }
  // CHECK-LABEL: func.func @follows
  func.func @follows(%x: tensor<2x8xf32>, %y: tensor<20xf32>, %w: tensor<8x16xf32>) {
    // CHECK: "onnx.Relu"
    // CHECK-SAME: latency_ps = 20000, energy_fj = 20000
    %0 = optical.electronic "onnx.Relu"(%y) class activation : (tensor<20xf32>) -> tensor<20xf32>
    // CHECK: optical.matmul
    // CHECK-SAME: latency_ps = 64000, energy_fj = 64000
    %1 = optical.matmul %x, %w
        mapping <@toy, [@dram keeps weight, input, output [M:4, C:8, P:2], @lanes [M:4]]>
        : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
    // CHECK: "onnx.Exp"
    // CHECK-SAME: latency_ps = 0, energy_fj = 0
    %2 = optical.electronic "onnx.Exp"(%y) class activation : (tensor<20xf32>) -> tensor<20xf32>
    // CHECK: "onnx.Log"
    // CHECK-SAME: latency_ps = 8000, energy_fj = 8000
    %3 = optical.electronic "onnx.Log"(%y) class activation : (tensor<20xf32>) -> tensor<20xf32>
    return
  }
  // Nor does work of a branch hide behind what is before it.
  // CHECK-LABEL: func.func @branch
  func.func @branch(%x: tensor<2x8xf32>, %y: tensor<20xf32>, %w: tensor<8x16xf32>, %c: i1) {
    %1 = optical.matmul %x, %w
        mapping <@toy, [@dram keeps weight, input, output [M:4, C:8, P:2], @lanes [M:4]]>
        : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
    scf.if %c {
      // CHECK: "onnx.Exp"
      // CHECK-SAME: latency_ps = 20000
      %2 = optical.electronic "onnx.Exp"(%y) class activation : (tensor<20xf32>) -> tensor<20xf32>
    }
    // CHECK: "onnx.Log"
    // CHECK-SAME: latency_ps = 20000
    %3 = optical.electronic "onnx.Log"(%y) class activation : (tensor<20xf32>) -> tensor<20xf32>
    return
  }
}
