// RUN: ohas-opt %s --split-input-file --pass-pipeline='builtin.module(optical-map, optical-annotate-cost)' | FileCheck %s
// RUN: sed 's/weights_resident 1/weights_resident 0/' %s | ohas-opt --split-input-file --pass-pipeline='builtin.module(optical-map, optical-annotate-cost)' | FileCheck %s --check-prefix=COLD

// Weights that are constants stay from one inference to the next, if there is
// room for them all the time, beside the tiles of everything else.

// COLD-NOT: stays {{.*}}weight
// COLD: func.func @shared
// COLD: optical.matmul
// Inputs, results and weights of 8 bits: 64 and 256 of them.
// COLD-SAME: dram = 256000
// COLD-NOT: stays {{.*}}weight

module attributes {optical.target = @tiny} {
  optical.accelerator @tiny clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.memory @dram keeps weight, input, output read_fj_per_bit 100 write_fj_per_bit 100
    optical.memory @glb keeps weight, input, output must input, output
        capacity_bits 12000 read_fj_per_bit 1 write_fj_per_bit 1 resident weights_resident 1
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
  // What follows from constants is made once, and then a weight like others.
  // CHECK-LABEL: func.func @quantized
  // CHECK: optical.matmul {{.*}} stays weight
  func.func @quantized(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
    %q = arith.constant dense_resource<"q"> : tensor<4x4xi8>
    %s = arith.constant dense<0.5> : tensor<f32>
    %w = optical.electronic "onnx.DequantizeLinear"(%q, %s) class quantization : (tensor<4x4xi8>, tensor<f32>) -> tensor<4x4xf32>
    %0 = optical.matmul %x, %w : (tensor<1x4xf32>, tensor<4x4xf32>) -> tensor<1x4xf32>
    return %0 : tensor<1x4xf32>
  }
  // It is read in every step of a loop, and fetched in none.
  // CHECK-LABEL: func.func @loop
  // CHECK: optical.matmul {{.*}} stays weight
  func.func @loop(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
    %w = arith.constant dense_resource<"l"> : tensor<4x4xf32>
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c9 = arith.constant 9 : index
    %0 = scf.for %i = %c0 to %c9 step %c1 iter_args(%a = %x) -> tensor<1x4xf32> {
      %1 = optical.matmul %a, %w : (tensor<1x4xf32>, tensor<4x4xf32>) -> tensor<1x4xf32>
      scf.yield %1 : tensor<1x4xf32>
    }
    return %0 : tensor<1x4xf32>
  }
  // An operand that is no constant is new in every inference.
  // CHECK-LABEL: func.func @other
  // CHECK-NOT: stays
  func.func @other(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<4x4xf32> {
    %0 = optical.matmul %x, %y : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    return %0 : tensor<4x4xf32>
  }
}

// -----

// 1,024 weights of 8 bits fit.
module attributes {optical.target = @tiny} {
  optical.accelerator @tiny clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.memory @dram keeps weight, input, output read_fj_per_bit 100 write_fj_per_bit 100
    optical.memory @glb keeps weight, input, output must weight, input, output loops []
        capacity_bits 12000 read_fj_per_bit 1 write_fj_per_bit 1 resident weights_resident 1
    optical.compute @mac
  }
  // CHECK-LABEL: func.func @alone
  // CHECK: stays weight
  func.func @alone(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
    %w = arith.constant dense_resource<"v"> : tensor<32x32xf32>
    %0 = optical.matmul %x, %w : (tensor<1x32xf32>, tensor<32x32xf32>) -> tensor<1x32xf32>
    return %0 : tensor<1x32xf32>
  }
}

// -----

// Twice as many do not, and one of the two has to go.
module attributes {optical.target = @tiny} {
  optical.accelerator @tiny clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 {
    optical.memory @dram keeps weight, input, output read_fj_per_bit 100 write_fj_per_bit 100
    optical.memory @glb keeps weight, input, output must weight, input, output loops []
        capacity_bits 12000 read_fj_per_bit 1 write_fj_per_bit 1 resident weights_resident 1
    optical.compute @mac
  }
  // CHECK-LABEL: func.func @first
  // CHECK: stays weight
  func.func @first(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
    %w = arith.constant dense_resource<"w"> : tensor<32x32xf32>
    %0 = optical.matmul %x, %w : (tensor<1x32xf32>, tensor<32x32xf32>) -> tensor<1x32xf32>
    return %0 : tensor<1x32xf32>
  }
  // CHECK-LABEL: func.func @second
  // CHECK-NOT: stays
  func.func @second(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
    %w = arith.constant dense_resource<"v"> : tensor<32x32xf32>
    %0 = optical.matmul %x, %w : (tensor<1x32xf32>, tensor<32x32xf32>) -> tensor<1x32xf32>
    return %0 : tensor<1x32xf32>
  }
}
