// RUN: ohas-opt %s --pass-pipeline='builtin.module(optical-map)' --split-input-file --verify-diagnostics

// expected-error @+1 {{no accelerator is chosen}}
module {}

// -----

module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 weight_bits 4 input_bits 4 output_bits 8 {
    optical.memory @dram keeps weight, input, output
    optical.compute @mac
  }
  func.func @wide(%x: tensor<2x8xi8>, %w: tensor<8x16xi8>) -> tensor<2x16xi8> {
    // expected-error @+1 {{8 bits}}
    %0 = optical.matmul %x, %w : (tensor<2x8xi8>, tensor<8x16xi8>) -> tensor<2x16xi8>
    return %0 : tensor<2x16xi8>
  }
}

// -----

module attributes {optical.target = @toy} {
  optical.accelerator @toy clock_ghz 1 {
    optical.memory @dram keeps weight, input, output
    optical.compute @mac
  }
  func.func @dynamic(%x: tensor<?x8xf32>, %w: tensor<8x16xf32>) -> tensor<?x16xf32> {
    // expected-error @+1 {{dynamic}}
    %0 = optical.matmul %x, %w : (tensor<?x8xf32>, tensor<8x16xf32>) -> tensor<?x16xf32>
    return %0 : tensor<?x16xf32>
  }
}

// -----

module attributes {optical.target = @hot} {
  // expected-warning @+1 {{cannot be built: the laser needs 14.000 dBm per wavelength, its limit is 10.000 dBm}}
  optical.accelerator @hot clock_ghz 1 {
    optical.link @laser_dbm needs_dbm 14 limit_dbm 10 {}
    optical.memory @dram keeps weight, input, output
    optical.compute @mac
  }
}
