// RUN: ohas-opt %s --verify-roundtrip | FileCheck %s
// RUN: ohas-opt %s --mlir-print-op-generic | ohas-opt | FileCheck %s
// RUN: ohas-opt %s --emit-bytecode | ohas-opt | FileCheck %s
// RUN: ohas-opt %s --mlir-print-debuginfo | ohas-opt --mlir-print-debuginfo | FileCheck %s --check-prefix=LOC

// CHECK: module attributes {optical.target = @a, optical.total_cost = #optical.cost<latency_ps = 0, energy_fj = 0, cycles = 0, macs = 0>}
module attributes {optical.target = @a, optical.total_cost =
    #optical.cost<macs = 0, energy_fj = 0, cycles = 0, latency_ps = 0>} {

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.fanout @cores x 9 over [M, C]
  optical.compute @mac
}

// CHECK-LABEL: func @conv
func.func @conv(%x: tensor<1x64x56x56xf32>) -> tensor<1x64x28x28xf32> {
  %w = arith.constant dense_resource<"layer1.0/conv:w"> : tensor<64x32x3x3xf32>
  // CHECK: optical.conv %{{.*}}, %{{.*}} strides [2, 2] dilations [1, 1] pads [1, 1, 1, 1] group 2 weight_bits 4 input_bits 8 output_bits 6
  // CHECK-SAME: mapping <@a, [@dram keeps weight, input, output [G:2, M:4, C:32, P:28, Q:28, R:3, S:3], @cores [M:8]]>
  // CHECK-SAME: {optical.cost = #optical.cost<latency_ps = 9223372036854775807, energy_fj = 75, cycles = 1, macs = 4, bound_by = "dram", breakdown = {"a b" = 5, dram = 70}>}
  // CHECK-SAME: : (tensor<1x64x56x56xf32>, tensor<64x32x3x3xf32>) -> tensor<1x64x28x28xf32>
  // LOC: optical.conv {{.*}} loc(#[[LOC:loc[0-9]*]])
  %0 = optical.conv %x, %w strides [2, 2] dilations [1, 1] pads [1, 1, 1, 1] group 2
      weight_bits 4 input_bits 8 output_bits 6
      mapping <@a, [@dram keeps input, weight, output [G:2, M:4, C:32, P:28, Q:28, R:3, S:3],
                    @cores [M:8]]>
      {optical.cost = #optical.cost<latency_ps = 9223372036854775807, energy_fj = 75, cycles = 1, macs = 4,
        bound_by = "dram", breakdown = {dram = 70, "a b" = 5}>}
      : (tensor<1x64x56x56xf32>, tensor<64x32x3x3xf32>) -> tensor<1x64x28x28xf32> loc("/layer1/Conv")
  return %0 : tensor<1x64x28x28xf32>
}

// CHECK-LABEL: func @ranks
func.func @ranks(%a: tensor<2x3x9xi8>, %b: tensor<4x3x3xi8>,
                 %c: tensor<1x1x4x5x6xf32>, %d: tensor<2x1x2x2x2xf32>) {
  // CHECK: optical.conv %{{.*}}, %{{.*}} : (tensor<2x3x9xi8>, tensor<4x3x3xi8>) -> tensor<2x4x7xi32>
  %0 = optical.conv %a, %b : (tensor<2x3x9xi8>, tensor<4x3x3xi8>) -> tensor<2x4x7xi32>
  // CHECK: optical.conv {{.*}} -> tensor<1x2x3x4x5xf32>
  %1 = optical.conv %c, %d : (tensor<1x1x4x5x6xf32>, tensor<2x1x2x2x2xf32>) -> tensor<1x2x3x4x5xf32>
  return
}

// CHECK-LABEL: func @dynamic
func.func @dynamic(%x: tensor<?x3x?x8xf32>, %w: tensor<4x?x3x3xf32>) {
  // CHECK: optical.conv {{.*}} -> tensor<?x4x?x6xf32>
  %0 = optical.conv %x, %w : (tensor<?x3x?x8xf32>, tensor<4x?x3x3xf32>) -> tensor<?x4x?x6xf32>
  return
}

// CHECK-LABEL: func @transposed
func.func @transposed(%x: tensor<1x8x14x14xf32>, %w: tensor<8x4x3x3xf32>) {
  // CHECK: optical.conv_transpose %{{.*}}, %{{.*}} strides [2, 2] pads [1, 1, 1, 1] group 2 output_padding [1, 1] : {{.*}} -> tensor<1x8x28x28xf32>
  %0 = optical.conv_transpose %x, %w strides [2, 2] pads [1, 1, 1, 1] output_padding [1, 1] group 2
      : (tensor<1x8x14x14xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x28x28xf32>
  return
}

// CHECK-LABEL: func @matmul
func.func @matmul(%q: tensor<2x1x16x8xf32>, %k: tensor<3x16x8xf32>, %t: tensor<8x5xf32>) {
  // CHECK: optical.matmul %{{.*}}, %{{.*}} transpose_rhs : {{.*}} -> tensor<2x3x16x16xf32>
  %0 = optical.matmul %q, %k transpose_rhs : (tensor<2x1x16x8xf32>, tensor<3x16x8xf32>) -> tensor<2x3x16x16xf32>
  // CHECK: optical.matmul %{{.*}}, %{{.*}} transpose_lhs : {{.*}} -> tensor<3x8x8xf32>
  %1 = optical.matmul %k, %k transpose_lhs : (tensor<3x16x8xf32>, tensor<3x16x8xf32>) -> tensor<3x8x8xf32>
  return
}

// CHECK-LABEL: func @electronic
func.func @electronic(%x: tensor<1x4x8x8xf32>) {
  // CHECK: %{{.*}}:2 = optical.electronic "onnx.Split"(%{{.*}}) class movement opset 17 attributes {axis = 1 : i64} {optical.cost = #optical.cost<{{.*}}>} : (tensor<1x4x8x8xf32>) -> (tensor<1x2x8x8xf32>, tensor<1x2x8x8xf32>)
  %0:2 = optical.electronic "onnx.Split"(%x) class movement opset 17 attributes {axis = 1}
      {optical.cost = #optical.cost<latency_ps = 1, energy_fj = 2, cycles = 3, macs = 0>}
      : (tensor<1x4x8x8xf32>) -> (tensor<1x2x8x8xf32>, tensor<1x2x8x8xf32>)
  // CHECK: optical.electronic "com.microsoft.Odd"() class other : () -> none
  %1 = optical.electronic "com.microsoft.Odd"() class other : () -> none
  return
}

// CHECK-LABEL: func @loop
func.func @loop(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: } {optical.trip_count = 35 : i64}
  scf.for %i = %c0 to %n step %c1 {
  } {optical.trip_count = 35}
  return
}
}
// LOC: #[[LOC]] = loc("/layer1/Conv")
