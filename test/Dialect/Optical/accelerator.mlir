// RUN: ohas-opt %s --verify-roundtrip | FileCheck %s
// RUN: ohas-opt %s --mlir-print-op-generic | ohas-opt | FileCheck %s
// RUN: ohas-opt %s --emit-bytecode | ohas-opt | FileCheck %s

// CHECK-LABEL: optical.accelerator @everything title "Everything at once" source "a paper"
// CHECK-SAME: clock_ghz clock weight_bits bits input_bits 8 output_bits 8 accumulator_bits 24
// CHECK-SAME: configured <knobs = {bits = 4, clock = 2.5}, devices = "moderate", overrides = {ring_uw = 388.5}> {
optical.accelerator @everything title "Everything at once" source "a paper"
    clock_ghz clock weight_bits bits input_bits 8 output_bits 8
    accumulator_bits 24
    configured <knobs = {clock = 2.5, bits = 4}, devices = "moderate",
                overrides = {ring_uw = 388.5}> {
  // CHECK-NEXT: optical.knob @bits = 8 in [4, 8] "bits per operand"
  optical.knob @bits = 8 in [4, 8] "bits per operand"
  // CHECK-NEXT: optical.knob @clock = 5 in [2.5, 5]
  optical.knob @clock = 5.0 in [2.5, 5]
  // CHECK-NEXT: optical.device_set @conservative source "measured"
  optical.device_set @conservative source "measured"
  // CHECK-NEXT: optical.device_set @moderate
  optical.device_set @moderate
  // CHECK-NEXT: optical.device @ring_uw {conservative = 3100, moderate = 388} unit "uW" source "table 3"
  optical.device @ring_uw {moderate = 388, conservative = 3.1e+3} source "table 3" unit "uW"
  // CHECK-NEXT: optical.device @limit 1.0e-20 assumed
  optical.device @limit 1.0e-20 assumed
  // CHECK-NEXT: optical.device @offset -7.25 assumed source "our guess"
  optical.device @offset -7.25 source "our guess" assumed
  // CHECK-NEXT: optical.define @lanes = 7 * pow(2, -(bits - 8)) / (1 + bits) source "section 2"
  optical.define @lanes = 7*pow(2,-(bits-8))/(1+bits) source "section 2"
  // CHECK-NEXT: optical.define @wide = "bits > 4 && clock <= 5"
  optical.define @wide = "bits > 4 && clock <= 5"
  // CHECK-NEXT: optical.define @needed = min(detector_dbm(bits, clock, 1.2, 35, 50, -140), 99)
  optical.define @needed = min(detector_dbm(bits,clock,1.2,35,50,-140),99)
  // CHECK-NEXT: optical.link @laser_dbm needs_dbm needed limit_dbm todb(limit) source "section 3" {
  optical.link @laser_dbm limit_dbm todb(limit) needs_dbm needed source "section 3" {
    // CHECK-NEXT: optical.loss "split over rows" split_db(8) source "ideal"
    optical.loss "split over rows" split_db(8) source "ideal"
    // CHECK-NEXT: optical.loss "a \22modulator\22" 4.5
    optical.loss "a \"modulator\"" 4.5
    // CHECK-NEXT: optical.figure "draws" laser_mw(laser_dbm, 0.1) unit "mW" source "a data sheet"
    optical.figure "draws" laser_mw(laser_dbm,0.1) unit "mW" source "a data sheet"
    // CHECK-NEXT: optical.figure "later" after_link
    optical.figure "later" after_link
  }
  // CHECK: optical.define @after_link = laser_dbm + 1
  optical.define @after_link = laser_dbm + 1
  // CHECK-NEXT: optical.require "lanes <= 64" reason "{lanes} lanes" source "section 2"
  optical.require "lanes <= 64" reason "{lanes} lanes" source "section 2"

  // CHECK-NEXT: optical.memory @dram keeps weight, input, output must input loops [N, M] double_buffered
  // CHECK-SAME: capacity_bits 8 * 1024 read_fj_per_bit 8000 duty per_step source "a survey"
  optical.memory @dram keeps weight, input, output read_fj_per_bit 8000
      must input loops ["N", M] double_buffered capacity_bits 8 * 1024
      source "a survey" duty per_step
  // CHECK-NEXT: optical.converter @dac input from digital to analog hold count 63 energy_fj lanes duty per_count
  optical.converter @dac input from digital to analog hold count 63
      energy_fj lanes duty per_count
  // CHECK-NEXT: optical.fanout @groups x lanes + wide over [M] input broadcast wired max_input 7
  optical.fanout @groups x lanes + wide over ["M"] input broadcast wired max_input 7
  // CHECK-NEXT: optical.memory @integrator keeps output loops [] accumulate_limit 3
  optical.memory @integrator keeps output loops [] accumulate_limit 3
  // CHECK-NEXT: optical.fanout @taps x 27 over [C, R, S] weight private, input window, output sum wired
  optical.fanout @taps x 27 over [C, R, S]
      output sum wired, weight private, input window
  // CHECK-NEXT: optical.fanout @free x 2{{$}}
  optical.fanout @free x 2
  // CHECK-NEXT: optical.component @laser count 64 static_uw 37500 + offset duty always
  optical.component @laser count 64 static_uw 37500 + offset duty always
  // CHECK-NEXT: optical.compute @mac area_um2 12.5 energy_fj 0.05
  optical.compute @mac energy_fj 0.05 area_um2 12.5
  // CHECK-NEXT: optical.vector_unit @simd at @dram energy_fj_per_element {activation = 100, softmax = 5 * bits} elements_per_cycle 64
  optical.vector_unit @simd at @dram elements_per_cycle 64
      energy_fj_per_element {softmax = 5 * bits, activation = "100"}
  // CHECK-NEXT: optical.accounting @published source "section 5" latency_ps blocks * 200 {
  optical.accounting @published source "section 5" latency_ps blocks * 200 {
    // CHECK-NEXT: optical.define @blocks = ceil(macs / 64) * N
    optical.define @blocks = ceil(macs / 64) * N
    // CHECK-NEXT: optical.tally @dac when "R * S > 1" count macs energy_fj 2 area_um2 ring_uw power_mw 1.5 source "table 2"
    optical.tally @dac when "R * S > 1" count macs energy_fj 2
        area_um2 ring_uw power_mw 1.5 source "table 2"
  }
}

// The spacing of a quoted expression is kept, with its quotes.
// CHECK-LABEL: optical.accelerator @spacing
optical.accelerator @spacing {
  // CHECK-NEXT: optical.define @a = "1+2"
  optical.define @a = "1+2"
  // CHECK-NEXT: optical.define @b = "1e3"
  optical.define @b = "1e3"
  // CHECK-NEXT: optical.define @c = "0.50"
  optical.define @c = "0.50"
  // CHECK-NEXT: optical.define @d = 1.5e-07 + 2
  optical.define @d = "1.5e-07 + 2"
  // CHECK-NEXT: optical.define @e = "a % 2"
  optical.define @e = "a % 2"
  optical.memory @m keeps weight, input, output
  optical.compute @c1
}
