// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy knobs=cores=8 devices=fast overrides=dac_fj=2.5})' | FileCheck %s
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy})' | FileCheck %s --check-prefix=DEFAULT
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator)' | FileCheck %s --check-prefix=ONLY
// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=albireo})' | FileCheck %s --check-prefix=SHIPPED

// CHECK: module attributes {optical.target = @toy}
// CHECK: optical.accelerator @toy
// CHECK-SAME: configured <knobs = {cores = 8}, devices = "fast", overrides = {dac_fj = 2.5}>

// Everything at its default needs no design point.
// DEFAULT: module attributes {optical.target = @toy}
// DEFAULT: optical.accelerator @toy
// DEFAULT-NOT: configured

// The only accelerator of a module is its target.
// ONLY: module attributes {optical.target = @toy}

// SHIPPED: module attributes {optical.target = @albireo}
// SHIPPED: optical.accelerator @albireo
// SHIPPED: optical.accelerator @toy

optical.accelerator @toy clock_ghz 1 {
  optical.device_set @slow source "none: a test"
  optical.device_set @fast source "none: a test"
  optical.device @dac_fj {slow = 10.0, fast = 5.0} unit "fJ" source "none: a test"
  optical.knob @cores = 4 in [2, 4, 8] "cores"
  optical.memory @dram keeps weight, input, output read_fj_per_bit 1
  optical.converter @dac input from digital to optical energy_fj dac_fj
  optical.fanout @lanes x cores over [M] input broadcast
  optical.compute @mac
}

// Another design point makes a mapping stale, the same one does not; costs are
// dropped anyway.
// CHECK-LABEL: func.func @layer
// CHECK-NOT: mapping
// CHECK-NOT: optical.cost
// DEFAULT-LABEL: func.func @layer
// DEFAULT: mapping <@toy
// DEFAULT-NOT: optical.cost
func.func @layer(%x: tensor<2x8xf32>, %w: tensor<8x16xf32>) -> tensor<2x16xf32> {
  %0 = optical.matmul %x, %w
      mapping <@toy, [@dram keeps weight, input, output [M:4, C:8, P:2], @lanes [M:4]]>
      {optical.cost = #optical.cost<latency_ps = 1, energy_fj = 0, cycles = 1, macs = 256>}
      : (tensor<2x8xf32>, tensor<8x16xf32>) -> tensor<2x16xf32>
  return %0 : tensor<2x16xf32>
}
