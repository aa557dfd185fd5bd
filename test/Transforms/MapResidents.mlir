// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map, optical-annotate-cost)' | FileCheck %s

// Activations stay in the resident memory from the operation that makes them to
// those that read them, if all are here and in a row.
module attributes {optical.target = @tiny} {
  optical.accelerator @tiny clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.memory @dram keeps weight, input, output read_fj_per_bit 100 write_fj_per_bit 100
    optical.memory @glb keeps weight, input, output must input, output
        capacity_bits 65536 read_fj_per_bit 1 write_fj_per_bit 1 resident
    optical.compute @mac
    optical.vector_unit @simd at @glb elements_per_cycle 4
  }

  // CHECK-LABEL: func.func @chain
  // CHECK: optical.matmul {{.*}}@glb keeps {{.*}} stays output
  // Neither reads DRAM, nor writes it but for the result: 256 weights and 64
  // results of 8 bits.
  // CHECK: optical.matmul {{.*}}@glb keeps {{.*}} stays input
  // CHECK-SAME: dram = 256000
  func.func @chain(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
    %w1 = arith.constant dense_resource<"w1"> : tensor<16x16xf32>
    %w2 = arith.constant dense_resource<"w2"> : tensor<16x16xf32>
    %0 = optical.matmul %x, %w1 : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    %1 = optical.electronic "onnx.Relu"(%0) class activation opset 17 : (tensor<4x16xf32>) -> tensor<4x16xf32>
    %2 = optical.matmul %1, %w2 : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    return %2 : tensor<4x16xf32>
  }

  // A view of it is read too, and a sum takes the place of one of its terms.
  // CHECK-LABEL: func.func @residual
  // CHECK: optical.matmul {{.*}} stays output
  // CHECK: optical.matmul {{.*}} stays input, output
  // CHECK: optical.matmul {{.*}} stays input
  func.func @residual(%x: tensor<4x16xf32>, %shape: tensor<2xi64>) -> tensor<8x16xf32> {
    %w = arith.constant dense_resource<"w"> : tensor<16x16xf32>
    %0 = optical.matmul %x, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    %1 = optical.matmul %0, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    %2 = optical.electronic "onnx.Add"(%1, %0) class elementwise opset 17 : (tensor<4x16xf32>, tensor<4x16xf32>) -> tensor<4x16xf32>
    %3 = optical.electronic "onnx.Reshape"(%2, %shape) class shape opset 17 : (tensor<4x16xf32>, tensor<2xi64>) -> tensor<8x8xf32>
    %v = arith.constant dense_resource<"v"> : tensor<8x16xf32>
    %4 = optical.matmul %3, %v : (tensor<8x8xf32>, tensor<8x16xf32>) -> tensor<8x16xf32>
    return %4 : tensor<8x16xf32>
  }

  // What leaves the network, or is read in a branch, does not stay.
  // CHECK-LABEL: func.func @leaves
  // CHECK-NOT: stays
  func.func @leaves(%x: tensor<4x16xf32>, %c: i1) -> (tensor<4x16xf32>, tensor<4x16xf32>) {
    %w = arith.constant dense_resource<"w"> : tensor<16x16xf32>
    %0 = optical.matmul %x, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    %1 = optical.matmul %0, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    %2 = scf.if %c -> tensor<4x16xf32> {
      %3 = optical.matmul %1, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
      scf.yield %3 : tensor<4x16xf32>
    } else {
      scf.yield %1 : tensor<4x16xf32>
    }
    return %0, %2 : tensor<4x16xf32>, tensor<4x16xf32>
  }
}
