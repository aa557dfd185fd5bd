// The same pipeline in a stock mlir-opt, through the plugin. (It cannot load a
// sanitized one.)
// UNSUPPORTED: sanitized
// RUN: mlir-opt %s --load-dialect-plugin=%ohas_lib/OHASPlugin.so --load-pass-plugin=%ohas_lib/OHASPlugin.so --pass-pipeline='builtin.module(ohas-estimate{accelerator=albireo knobs=plcg=3})' | FileCheck %s
// RUN: ohas-opt %s --pass-pipeline='builtin.module(ohas-estimate{accelerator=albireo knobs=plcg=3})' > %t.ours
// RUN: mlir-opt %s --load-dialect-plugin=%ohas_lib/OHASPlugin.so --load-pass-plugin=%ohas_lib/OHASPlugin.so --pass-pipeline='builtin.module(ohas-estimate{accelerator=albireo knobs=plcg=3})' > %t.stock
// RUN: diff %t.ours %t.stock

// CHECK: module attributes {optical.target = @albireo, optical.total_cost = #optical.cost<latency_ps = {{[1-9]}}
// CHECK: optical.conv %
// CHECK-SAME: mapping <@albireo, [@dram
// CHECK-SAME: optical.cost = #optical.cost<latency_ps
// CHECK-SAME: macs = 115605504
func.func @layer(%x: tensor<1x64x56x56xf32>) -> tensor<1x64x56x56xf32> {
  %w = arith.constant dense_resource<"conv1.weight"> : tensor<64x64x3x3xf32>
  %0 = optical.conv %x, %w pads [1, 1, 1, 1] : (tensor<1x64x56x56xf32>, tensor<64x64x3x3xf32>) -> tensor<1x64x56x56xf32>
  return %0 : tensor<1x64x56x56xf32>
}
