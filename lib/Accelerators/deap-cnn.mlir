// DEAP-CNN: V. Bangari, B. A. Marquez, H. B. Miller, A. N. Tait, M. A. Nahmias,
// T. Ferreira de Lima, H.-T. Peng, P. R. Prucnal, B. J. Shastri, "Digital
// Electronics and Analog Photonics for Convolutional Neural Networks
// (DEAP-CNNs)", IEEE JSTQE 26 (2020).
//
// A unit computes one output every 200 ps: D channels, each with R x R input rings
// and R x R weight rings on as many wavelengths; a balanced pair of detectors and a
// transimpedance amplifier add up a channel, the channels' voltages are added, and
// one converter reads the sum. Published corners: R = 10, D = 12 and R = 3, D = 113.
// (10 x 10 x 12 is more than the 1,024 modulators that the publication allows; the
// checks of OpticalLoop reject it as well.)
//
// Device numbers are those of the publication as collected by OpticalLoop. The
// accounting takes one output per 200 ps, and power from the numbers of devices.
// OpticalLoop's reproduction, another group's, of DeepBench's layers: 0.643 ms,
// 0.1164 J (of that 0.068 J lasers, 0.018 J main memory) for R = 10, D = 12;
// 2.478 ms, 0.7986 J (0.401 J main memory) for R = 3, D = 113. The latencies are
// those of the accounting here; the energies are not: its lasers, rings and
// amplifiers are charged by conversions of bits, ours by time.
//
// Read as a nest, 1,017 inputs of 7 bits every 200 ps are 36 Tbit/s from the
// buffer, more than the one assumed here has, so that it is what bounds most layers.
// With the link counted, 7 bits at 5 GS/s need 36 dBm for 113 channels, and 26 dBm
// for 12, of lasers that have 20 dBm; with 4 bits they suffice for 113 channels.
//
// What the description does not say: inputs and weights both span [-1, 1] in the
// publication, by balanced detection and by shifts. Whether "laser 100 mW" is
// optical or electrical (taken as electrical for energy, and as the optical limit).

optical.accelerator @"deap-cnn" title "DEAP-CNN (JSTQE 2020)"
    source "Bangari et al., JSTQE 2020; device numbers as in OpticalLoop (ivancanull/optical-loop 0b09d4f, examples/deap_cnns)"
    clock_ghz clock_ghz weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @units = 1 in [1, 4] "units, each with one output at a time"
  optical.knob @edge = 3 in [3, 5, 10] "edge R of the kernel; a channel has R x R wavelengths"
  optical.knob @channels = 113 in [12, 40, 113] "channels D of a unit; their voltages add"
  optical.knob @clock_ghz = 5 in [5] "outputs per ns; 200 ps each"
  optical.knob @bits = 7 in [7] "bits of weights, inputs and outputs"
  optical.knob @glb_kib = 2048 in [2048] "global buffer in KiB; its bandwidth grows with it"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  // As published, no link is computed and a weight is set as fast as a converter
  // turns. The other set asks what the link needs, and lets heaters set weights.
  optical.device_set @as_published source "Bangari et al., JSTQE 2020"
  optical.device_set @link source "losses, detectors and heaters: Vatsavai and Thakkar, TCAD 2022 (their class AMM)"

  optical.device @ring_mw 19.5 unit "mW" source "Bangari et al., JSTQE 2020, by OpticalLoop"
  optical.device @laser_mw 100 unit "mW" source "Bangari et al., JSTQE 2020, by OpticalLoop"
  optical.device @dac_mw 26 unit "mW at 5 GS/s" source "Bangari et al., JSTQE 2020, by OpticalLoop"
  optical.device @adc_mw 76 unit "mW at 5 GS/s" source "Bangari et al., JSTQE 2020, by OpticalLoop"
  optical.device @tia_mw 17 unit "mW" source "Bangari et al., JSTQE 2020, by OpticalLoop"
  optical.device @max_wavelengths 100 source "Bangari et al., JSTQE 2020, by OpticalLoop"
  optical.device @max_modulators 1200 source "Bangari et al., JSTQE 2020: 1,024 by OpticalLoop; 1,200 admits its own corner R = 10, D = 12"
  optical.device @program_ns {as_published = 0.2, link = 4000} unit "ns" source "Bangari et al., JSTQE 2020: converters of 5 GS/s; Vatsavai and Thakkar, TCAD 2022, Table VII, heaters"
  optical.device @ring_um2 400 unit "um2" source "OpticalLoop a92644e, 7nm_components.csv (ROSA); DEAP-CNN gives no areas"
  optical.device @adc_um2 2850 unit "um2" source "Lightening-Transformer artifact, hardware/ADC.py; DEAP-CNN gives no areas"
  optical.device @dac_um2 11000 unit "um2" source "Lightening-Transformer artifact, hardware/DAC.py; DEAP-CNN gives no areas"
  optical.device @laser_um2 120000 unit "um2" source "Lightening-Transformer artifact, default.yaml; DEAP-CNN gives no areas"

  // The link, item by item.
  optical.device @link_counts {as_published = 0, link = 1} assumed source "ours: the publication has no link budget"
  optical.device @responsivity 1.2 unit "A/W" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @dark_na 35 unit "nA" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @load_ohm 50 unit "ohm" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @rin_db_hz -140 unit "dB/Hz" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @coupling_item_db 1.6 unit "dB" source "Vatsavai and Thakkar, TCAD 2022, fibre to chip"
  optical.device @modulator_item_db 4 unit "dB" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @ring_item_db 0.01 unit "dB" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @passing_item_db 0.01 unit "dB a ring passed" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @branch_item_db 0.01 unit "dB a branch" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @waveguide_db_per_cm 3 unit "dB/cm" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @ring_pitch_mm 0.12 unit "mm a wavelength" source "Vatsavai and Thakkar, TCAD 2022: 0.02, and 0.1 from modulators to weights"
  optical.device @penalty_item_db 5.8 unit "dB" source "Vatsavai and Thakkar, TCAD 2022, network penalty of AMM"

  // Memory and electronics around it, which the publication leaves out: those of `broadcast-and-weight`.
  optical.device @dram_fj_per_bit 6250 unit "fJ per bit" source "HBM2, hwcomponents-cacti"
  optical.device @dram_bits_per_ns 8796.093022208 unit "bits per ns" source "Lightening-Transformer artifact: 1,024 GB/s"
  optical.device @glb_fj_per_bit 103.4375 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 1.655 pJ per 16 bits, banks of 32 KiB"
  optical.device @glb_um2_per_kib 7005.859375 unit "um2 per KiB" source "Lightening-Transformer artifact, CACTI: 14.348 mm2 for 2 MiB"
  optical.device @glb_mw_per_kib 0.153931 unit "mW per KiB" source "Lightening-Transformer artifact, CACTI: 315.2512 mW for 2 MiB"
  optical.device @bank_kib 32 unit "KiB" source "Lightening-Transformer artifact"
  optical.device @bank_bits_per_ns 128 unit "bits per ns" assumed source "16 B wide as Albireo's buffer (CiMLoop, albireo_isca_2021), at 1 GHz"
  optical.device @noc_fj_per_bit 125 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 2 pJ per partial sum of 16 bits"
  optical.device @vector_fj 100 unit "fJ per operation" source "Lightening-Transformer artifact, non-GEMM work"
  optical.device @vector_ghz 1 unit "GHz" assumed source "a synthesised clock"

  optical.define @taps = edge * edge source "wavelengths of a channel"
  optical.define @rings = channels * taps source "input rings, and as many weight rings"
  optical.require "taps <= max_wavelengths"
      reason "{taps} wavelengths a channel, at most {max_wavelengths} are published"
  optical.require "rings <= max_modulators"
      reason "{rings} modulators, at most {max_modulators} are published"

  // From the laser, whose light all channels share, to the detectors of a channel.
  optical.define @needed_dbm = min(detector_dbm(bits, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz), 99)
  optical.define @laser_limit_dbm = todb(laser_mw)
  optical.link @laser_dbm needs_dbm select(link_counts, needed_dbm, laser_limit_dbm) limit_dbm laser_limit_dbm
      enob detector_enob(needed_dbm, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz) {
    optical.loss "fibre to chip" link_counts * coupling_item_db
    optical.loss "modulator" link_counts * modulator_item_db
    optical.loss "modulators passed" link_counts * ring_row_db(taps, passing_item_db)
    optical.loss "split over channels" link_counts * split_db(channels)
    optical.loss "splitters" link_counts * tree_db(channels, branch_item_db)
    optical.loss "waveguides" link_counts * waveguide_db(ring_pitch_mm * taps, waveguide_db_per_cm, 0, 0, 0, 0)
    optical.loss "weight ring" link_counts * ring_item_db
    optical.loss "weight rings passed" link_counts * ring_row_db(taps, passing_item_db)
    optical.loss "network penalty" link_counts * penalty_item_db
    optical.figure "shot noise" detector_shot_pa(needed_dbm, responsivity, dark_na) unit "pA/sqrt(Hz)"
    optical.figure "thermal noise" detector_thermal_pa(load_ohm) unit "pA/sqrt(Hz)"
    optical.figure "relative intensity noise" detector_rin_pa(needed_dbm, responsivity, rin_db_hz) unit "pA/sqrt(Hz)"
    optical.figure "dynamic range" todb(pow(2, bits)) unit "dB"
  }

  // The nest, outermost first.
  optical.memory @dram keeps weight, input, output clock_ghz 1 half_duplex
      read_fj_per_bit dram_fj_per_bit write_fj_per_bit dram_fj_per_bit
      read_bits_per_cycle dram_bits_per_ns write_bits_per_cycle dram_bits_per_ns
  optical.memory @glb keeps weight, input, output must input, output clock_ghz 1
      capacity_bits glb_kib * 8192 resident weights_resident weights_resident
      read_fj_per_bit glb_fj_per_bit write_fj_per_bit glb_fj_per_bit
      read_bits_per_cycle bank_bits_per_ns * glb_kib / bank_kib
      write_bits_per_cycle bank_bits_per_ns * glb_kib / bank_kib
      area_um2 glb_um2_per_kib * glb_kib static_uw glb_mw_per_kib * glb_kib * 1000 duty always
  optical.fanout @unit x units weight broadcast, input broadcast
      source "ours: an electronic network that multicasts what units share"
  optical.component @laser count taps static_uw laser_mw * 1000 duty always area_um2 laser_um2
  optical.memory @sum_register keeps output must output loops [C, R, S, T]
      capacity_bits 2 * bits + 8 source "assumed: adds up what channels and wavelengths do not cover"
  optical.converter @adc output from analog to digital
      static_uw adc_mw * 1000 duty always area_um2 adc_um2 rate_ghz clock_ghz
  optical.fanout @channel x channels over [C, R, S, T] output sum wired
      source "Bangari et al., JSTQE 2020: a voltage adder"
  optical.converter @tia output from optical to analog static_uw tia_mw * 1000 duty always
  optical.fanout @wavelength x taps over [C, R, S, T] output sum wired
      source "Bangari et al., JSTQE 2020: a balanced pair of detectors"
  optical.converter @input_dac input from digital to analog
      static_uw dac_mw * 1000 duty always area_um2 dac_um2 rate_ghz clock_ghz
  optical.converter @input_ring input from analog to optical
      static_uw ring_mw * 1000 duty always area_um2 ring_um2 rate_ghz clock_ghz
  // Assumed: weight rings have a slow converter each, whose power is left out, as
  // it is in OpticalLoop.
  optical.converter @weight_dac weight from digital to analog
  optical.memory @weight_ring keeps weight must weight loops [N, M, P, Q, D]
      capacity_bits bits write_latency_ns program_ns
      static_uw ring_mw * 1000 duty always area_um2 ring_um2
  optical.compute @mac

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle 64 clock_ghz vector_ghz
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj, other = 8 * vector_fj}
      source "operations an element: Lightening-Transformer artifact, non-GEMM work; pooling, reduction, quantization, softmax and other, and 64 lanes: assumed"

  // One output of a unit every 200 ps, everything on.
  optical.accounting @published
      source "Bangari et al., JSTQE 2020: 200 ps an output; numbers of devices as in OpticalLoop, but a converter and a ring for every input (the publication's 1,024 modulators)"
      latency_ps outputs * rounds / units / clock_ghz * 1000 {
    optical.define @outputs = N * G * M * P * Q * D
    optical.define @rounds = ceildiv(C, channels) * ceildiv(R * S * T, taps)
    optical.define @latency = outputs * rounds / units / clock_ghz * 1000
    optical.define @laser_total_mw = units * taps * laser_mw
    optical.define @ring_total_mw = units * 2 * rings * ring_mw
    optical.define @dac_total_mw = units * rings * dac_mw
    optical.define @tia_total_mw = units * channels * tia_mw
    optical.define @adc_total_mw = units * adc_mw
    // One count a picosecond of latency: 1 mW x 1 ps = 1 fJ.
    optical.tally @laser count latency energy_fj laser_total_mw power_mw laser_total_mw
        area_um2 units * taps * laser_um2
    optical.tally @MRR count latency energy_fj ring_total_mw power_mw ring_total_mw
        area_um2 units * 2 * rings * ring_um2
    optical.tally @DAC count latency energy_fj dac_total_mw power_mw dac_total_mw
        area_um2 units * rings * dac_um2
    optical.tally @TIA count latency energy_fj tia_total_mw power_mw tia_total_mw
    optical.tally @ADC count latency energy_fj adc_total_mw power_mw adc_total_mw
        area_um2 units * adc_um2
  }
}
