// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map)' | FileCheck %s
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map)' --verify-roundtrip -o /dev/null
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-map{objective=speed})' 2>&1 | FileCheck %s --check-prefix=OBJECTIVE
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-map{objective=latency,speed})' 2>&1 | FileCheck %s --check-prefix=OBJECTIVE
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-map{objective=edp,edp})' 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map{objective=latency,energy})' | FileCheck %s
// RUN: ohas-opt %s --pass-pipeline='builtin.module(ohas-estimate{objective=latency,energy accelerator=toy})' | FileCheck %s

// OBJECTIVE: error: unknown objective 'speed'; there are edp, energy, latency, ed2p
// TWICE: error: objective 'edp' is named twice in 'edp,edp'

module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 {
    optical.memory @dram keeps weight, input, output must weight, input, output
        read_fj_per_bit 1000 write_fj_per_bit 1000
    optical.memory @buffer keeps weight, input, output capacity_bits 65536
        read_fj_per_bit 10 write_fj_per_bit 10
    optical.fanout @lanes x 4 over [M] input broadcast wired
    optical.compute @mac
  }

  // All four lanes work: 16 output channels take no other split.
  // CHECK-LABEL: func.func @layers
  // CHECK: optical.matmul %{{.*}}, %{{.*}} mapping <@toy, [@dram keeps weight, input, output{{.*}}, @lanes [M:4]]>
  // CHECK: optical.matmul %{{.*}}, %{{.*}} mapping <@toy, [@dram keeps weight, input, output [M:4, C:8, P:2], @lanes [M:4]]>
  func.func @layers(%x: tensor<2x8xf32>, %w: tensor<8x16xf32>) -> (tensor<2x16xf32>, tensor<2x16xf32>) {
    %0 = optical.matmul %x, %w : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
    // A mapping that is there stays, good or bad.
    %1 = optical.matmul %x, %w
        mapping <@toy, [@dram keeps weight, input, output [M:4, C:8, P:2], @lanes [M:4]]>
        : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
    return %0, %1 : tensor<2x16xf32>, tensor<2x16xf32>
  }
}
