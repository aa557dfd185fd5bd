// RUN: ohas-opt %s --optical-tile --optical-finite-precision | FileCheck %s
// RUN: ohas-opt %s --optical-tile --optical-finite-precision='detector-noise=true seed=7' | FileCheck %s --check-prefix=NOISE

// Converters between digital and light have bits: their own, or those of the
// accelerator for the tensor. What stays digital, or light, has none.

// CHECK: memref.global @ohas.converter5 : {{.*}}{bits = 5 : i64, integer, level = @a::@adc, tensor = "output"}
// CHECK-NEXT: memref.global @ohas.converter4 : {{.*}}{bits = 4 : i64, codes = 4 : i64, integer, level = @a::@weight_dac, tensor = "weight"}
// CHECK-NEXT: memref.global @ohas.converter3 : {{.*}}{bits = 6 : i64, codes = 4 : i64, integer, level = @a::@input_dac, tensor = "input"}
// CHECK-NEXT: memref.global @ohas.converter2 : {{.*}}{bits = 5 : i64, level = @a::@adc, tensor = "output"}
// CHECK-NEXT: memref.global @ohas.converter1 : {{.*}}{bits = 4 : i64, level = @a::@weight_dac, tensor = "weight"}
// CHECK-NEXT: memref.global @ohas.converter0 : {{.*}}{bits = 6 : i64, level = @a::@input_dac, tensor = "input"}
// CHECK-NOT: memref.global
// CHECK-LABEL: func.func @layer
// CHECK: optical.convert output %{{.*}} at @a::@detector
// CHECK: optical.convert output %{{.*}} at @a::@noc

// The detector's noise comes before what the ADC makes of it; 8 effective bits
// are an SNR of 49.92 dB.
// NOISE: memref.global @ohas.noise_counter : memref<1xi64>
// NOISE-NEXT: {bits = 0 : i64, level = @a::@detector, sigma = 0.0031{{[0-9]*}} : f64, tensor = "output"}
// NOISE-LABEL: func.func @layer
// NOISE-NOT: optical.convert output %{{.*}} at @a::@detector
// NOISE: memref.atomic_rmw addi

optical.accelerator @a weight_bits 4 input_bits 6 output_bits 8 {
  optical.link @laser_dbm needs_dbm -20 enob 8 {
  }
  optical.memory @dram keeps weight, input, output
  optical.converter @noc output from digital to digital
  optical.converter @input_dac input from digital to analog
  optical.converter @adc output from analog to digital bits 5
  optical.converter @detector output from optical to analog
  optical.fanout @taps x 4 over [C] output sum wired
  optical.converter @weight_dac weight from digital to optical
  optical.compute @mac
}
func.func @layer(%x: tensor<8x4xf32>, %w: tensor<4x16xf32>)
    -> tensor<8x16xf32> {
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [M:16, P:8], @taps [C:4]]>
      : (tensor<8x4xf32>, tensor<4x16xf32>) -> tensor<8x16xf32>
  return %0 : tensor<8x16xf32>
}

// Codes of four bits pass a converter of six; whoever runs it leaves the step 0.
// CHECK-LABEL: func.func @codes
func.func @codes(%x: tensor<8x4xi4>, %w: tensor<4x16xi4>)
    -> tensor<8x16xi32> {
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [M:16, P:8], @taps [C:4]]>
      : (tensor<8x4xi4>, tensor<4x16xi4>) -> tensor<8x16xi32>
  return %0 : tensor<8x16xi32>
}
