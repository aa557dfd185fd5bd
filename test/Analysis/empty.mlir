// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map, optical-annotate-cost)' | FileCheck %s
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-annotate-cost{reading=published})' | FileCheck %s --check-prefix=PUBLISHED

// What has an empty operand costs nothing and needs no mapping; one element does
// what many do.
// CHECK: optical.total_cost = #optical.cost<latency_ps = 1000, energy_fj = 3, cycles = 1, macs = 1
// PUBLISHED: optical.total_cost = #optical.cost<latency_ps = 7, energy_fj = 0, cycles = 1, macs = 1
module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 {
    optical.memory @dram keeps weight, input, output
    optical.compute @mac energy_fj 3
    optical.vector_unit @simd at @dram elements_per_cycle 1
    optical.accounting @published source "none: a test" latency_ps 7 {
      optical.tally @everything count 0
    }
  }
  func.func @main(%x: tensor<0x4xf32>, %y: tensor<1x1xf32>, %z: tensor<2x0xf32>, %c: i1) {
    %w = arith.constant dense_resource<"w"> : tensor<4x3xf32>
    // CHECK: optical.matmul %arg0, %{{.*}} {optical.cost = #optical.cost<latency_ps = 0, energy_fj = 0, cycles = 0, macs = 0>}
    %0 = optical.matmul %x, %w : (tensor<0x4xf32>, tensor<4x3xf32>) -> tensor<0x3xf32>
    // CHECK: optical.electronic "onnx.Relu"{{.*}}latency_ps = 0, energy_fj = 0
    %1 = optical.electronic "onnx.Relu"(%0) class activation : (tensor<0x3xf32>) -> tensor<0x3xf32>
    // An empty reduction: the result is not, and is zero.
    %v = arith.constant dense_resource<"v"> : tensor<0x5xf32>
    // CHECK: optical.matmul %arg2{{.*}} macs = 0>}
    %2 = optical.matmul %z, %v : (tensor<2x0xf32>, tensor<0x5xf32>) -> tensor<2x5xf32>
    // CHECK: optical.matmul %arg1, %arg1 mapping {{.*}} macs = 1,
    %3 = optical.matmul %y, %y : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
    scf.if %c {
      %4 = optical.matmul %x, %w : (tensor<0x4xf32>, tensor<4x3xf32>) -> tensor<0x3xf32>
    }
    return
  }
}
