// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map, optical-annotate-cost)' | FileCheck %s
// RUN: sed 's/weights_resident 1/weights_resident 0/' %s | ohas-opt --pass-pipeline='builtin.module(optical-map, optical-annotate-cost)' | FileCheck %s --check-prefix=COLD

// COLD-NOT: stays {{.*}}weight

// Weights that are constants stay from one inference to the next, if there is
// room for them all the time: for 256 of them, not for 4096 more.
module attributes {optical.target = @tiny} {
  optical.accelerator @tiny clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.memory @dram keeps weight, input, output read_fj_per_bit 100 write_fj_per_bit 100
    optical.memory @glb keeps weight, input, output must input, output
        capacity_bits 20000 read_fj_per_bit 1 write_fj_per_bit 1 resident weights_resident 1
    optical.compute @mac
  }
  // CHECK-LABEL: func.func @shared
  // It stays for all who read it; what DRAM still gives are the inputs and
  // takes the results, 64 of 8 bits each.
  // CHECK: optical.matmul {{.*}}@glb keeps {{.*}} stays weight, output
  // CHECK-SAME: dram = 51200
  // CHECK: optical.matmul {{.*}}@glb keeps {{.*}} stays weight, input
  // CHECK-SAME: dram = 51200
  func.func @shared(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
    %w = arith.constant dense_resource<"w"> : tensor<16x16xf32>
    %0 = optical.matmul %x, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    %1 = optical.matmul %0, %w : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
    return %1 : tensor<4x16xf32>
  }
  // CHECK-LABEL: func.func @large
  // CHECK-NOT: stays
  func.func @large(%x: tensor<1x64xf32>) -> tensor<1x64xf32> {
    %w = arith.constant dense_resource<"v"> : tensor<64x64xf32>
    %0 = optical.matmul %x, %w : (tensor<1x64xf32>, tensor<64x64xf32>) -> tensor<1x64xf32>
    return %0 : tensor<1x64xf32>
  }
  // An operand that is no constant is new in every inference.
  // CHECK-LABEL: func.func @other
  // CHECK-NOT: stays
  func.func @other(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<4x4xf32> {
    %0 = optical.matmul %x, %y : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    return %0 : tensor<4x4xf32>
  }
}
