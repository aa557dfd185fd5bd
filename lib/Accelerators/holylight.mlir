// HolyLight: W. Liu, W. Liu, Y. Ye, Q. Lou, Y. Xie, L. Jiang, "HolyLight: A
// Nanophotonic Accelerator for Deep Learning in Data Centers", DATE 2019. This is
// HolyLight-M, whose microdisks multiply matrices by vectors; HolyLight-A, which
// does without converters, is another machine.
//
// A unit is n x n: n microdisks modulate n inputs, their light is joined and split
// over n arms of n weight microdisks, and detectors add up each arm (the class MAM
// of Vatsavai and Thakkar, TCAD 2022). Operands of 8 bits run as slices of 4, as in
// the comparison with SCONNA, IPDPS 2023: a step of the nest is one product of whole
// operands and takes `passes` symbols.
//
// Only the abstract of the publication was read. Its device numbers are those that
// Vatsavai and Thakkar attribute to it; how many units share a tile, and what its
// buffer holds, is assumed. Published: 13x the throughput per watt of a ReRAM
// accelerator, which is not in here. Largest n at
// 4 bits and 1/3/5/10 GS/s: 44/28/22/16 (Vatsavai and Thakkar); 43/27/21/15 here.

optical.accelerator @holylight title "HolyLight-M (DATE 2019)"
    source "Liu et al., DATE 2019; link budget: Vatsavai and Thakkar, TCAD 2022, Eq. 11, class MAM"
    clock_ghz clock_ghz / passes weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @tiles = 16 in [4, 16, 64] "tiles, each with a buffer and a router"
  optical.knob @units = 4 in [4] "units a tile"
  optical.knob @size = 21 in [8, 16, 21, 27, 43] "inputs and outputs of a unit"
  optical.knob @clock_ghz = 5 in [1, 3, 5] "symbol rate in GHz"
  optical.knob @bits = 8 in [8] "bits of weights, inputs and outputs"
  optical.knob @slice_bits = 4 in [4] "bits of an operand that light carries at once"
  optical.knob @glb_kib = 2048 in [2048] "global buffer in KiB; its bandwidth grows with it"
  optical.knob @tile_kib = 64 in [64] "buffer of a tile in KiB"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  optical.device_set @conservative source "microdisks: OpticalLoop a92644e, 7nm_components.csv (ROSA), conservative"
  optical.device_set @moderate source "microdisks: OpticalLoop a92644e, 7nm_components.csv (ROSA), moderate"
  optical.device_set @aggressive source "microdisks: OpticalLoop a92644e, 7nm_components.csv (ROSA), aggressive"

  // As the source prints them: what falls in static power rises in energy.
  optical.device @disk_fj {conservative = 0.77, moderate = 30, aggressive = 85} unit "fJ per symbol or new weight" source "OpticalLoop a92644e, 7nm_components.csv (ROSA)"
  optical.device @disk_uw {conservative = 50.6, moderate = 22.5, aggressive = 0} unit "uW" source "OpticalLoop a92644e, 7nm_components.csv (ROSA)"
  optical.device @disk_um2 {conservative = 25, moderate = 10, aggressive = 25} unit "um2" source "OpticalLoop a92644e, 7nm_components.csv (ROSA)"
  optical.device @program_ns 20 unit "ns" source "electro-optic tuning: Vatsavai and Thakkar, TCAD 2022, Table VII; their thermal tuning, 4 us, comes once"
  optical.device @detector_mw 2.8 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VII"
  optical.device @tia_mw 7.2 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VII"
  optical.device @dac_mw 30 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @dac_um2 34000 unit "um2" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @adc_mw_1g 2.55 unit "mW at 1 GS/s" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @adc_mw_3g 11 unit "mW at 3 GS/s" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @adc_mw_5g 29 unit "mW at 5 GS/s" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @adc_um2_1g 2000 unit "um2 at 1 GS/s" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @adc_um2_3g 21000 unit "um2 at 3 GS/s" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @adc_um2_5g 103000 unit "um2 at 5 GS/s" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @laser_um2 120000 unit "um2" source "Lightening-Transformer artifact, default.yaml, 400 x 300 um"

  // What surrounds the units.
  optical.device @edram_mw 41.1 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @edram_um2 166000 unit "um2" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @router_mw 42 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @router_um2 151000 unit "um2" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @bus_mw 7 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @bus_um2 9000 unit "um2" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @io_mw 140.18 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @io_um2 24400 unit "um2" source "Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @activation_fj 405.6 unit "fJ" source "0.52 mW x 0.78 ns: Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @pooling_fj 1250 unit "fJ" source "0.4 mW x 3.125 ns: Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @reduction_fj 156.25 unit "fJ" source "0.05 mW x 3.125 ns: Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"
  optical.device @vector_ghz 1.28 unit "GHz" source "digital clock: Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight)"

  // The link, item by item.
  optical.device @responsivity 1.2 unit "A/W" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @dark_na 35 unit "nA" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @load_ohm 50 unit "ohm" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @rin_db_hz -140 unit "dB/Hz" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @laser_limit_dbm 10 unit "dBm a wavelength, optical" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @wall_plug 0.1 unit "W/W" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @coupling_item_db 1.6 unit "dB" source "Vatsavai and Thakkar, TCAD 2022, fibre to chip"
  optical.device @modulator_item_db 4 unit "dB" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @ring_item_db 0.01 unit "dB" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @passing_item_db 0.01 unit "dB a ring passed" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @branch_item_db 0.01 unit "dB a branch" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @waveguide_db_per_cm 3 unit "dB/cm" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @ring_pitch_mm 0.02 unit "mm a wavelength" source "Vatsavai and Thakkar, TCAD 2022, MAM"
  optical.device @penalty_item_db 4.8 unit "dB" source "Vatsavai and Thakkar, TCAD 2022, network penalty of MAM"

  // Memory and electronics around it, which are not the publication's: those of `broadcast-and-weight`.
  optical.device @dram_fj_per_bit 6250 unit "fJ per bit" source "HBM2, hwcomponents-cacti"
  optical.device @dram_bits_per_ns 8796.093022208 unit "bits per ns" source "Lightening-Transformer artifact: 1,024 GB/s"
  optical.device @glb_fj_per_bit 103.4375 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 1.655 pJ per 16 bits, banks of 32 KiB"
  optical.device @glb_um2_per_kib 7005.859375 unit "um2 per KiB" source "Lightening-Transformer artifact, CACTI: 14.348 mm2 for 2 MiB"
  optical.device @glb_mw_per_kib 0.153931 unit "mW per KiB" source "Lightening-Transformer artifact, CACTI: 315.2512 mW for 2 MiB"
  optical.device @bank_kib 32 unit "KiB" source "Lightening-Transformer artifact"
  optical.device @bank_bits_per_ns 128 unit "bits per ns" assumed source "16 B wide as Albireo's buffer (CiMLoop, albireo_isca_2021), at 1 GHz"
  optical.device @vector_fj 100 unit "fJ per operation" source "Lightening-Transformer artifact, non-GEMM work"

  optical.define @slices = ceil(bits / slice_bits) source "of an operand"
  optical.define @passes = slices * slices source "every slice of an input meets every slice of a weight"
  // The converters are known at three rates; one between takes the next one's.
  optical.define @adc_mw = "select(clock_ghz <= 1, adc_mw_1g, select(clock_ghz <= 3, adc_mw_3g, adc_mw_5g * clock_ghz / 5))" source "beyond 5 GS/s in proportion: assumed"
  optical.define @adc_um2 = "select(clock_ghz <= 1, adc_um2_1g, select(clock_ghz <= 3, adc_um2_3g, adc_um2_5g))"

  // From a laser to the detectors of an arm.
  optical.define @needed_dbm = min(detector_dbm(slice_bits, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz), 99)
  optical.link @laser_dbm needs_dbm needed_dbm limit_dbm laser_limit_dbm
      enob detector_enob(needed_dbm, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz) {
    optical.loss "fibre to chip" coupling_item_db
    optical.loss "modulator" modulator_item_db
    optical.loss "modulators passed" ring_row_db(size, passing_item_db)
    optical.loss "split over arms" split_db(size)
    optical.loss "splitters" tree_db(size, branch_item_db)
    optical.loss "waveguides" waveguide_db(ring_pitch_mm * size, waveguide_db_per_cm, 0, 0, 0, 0)
    optical.loss "weight ring" ring_item_db
    optical.loss "weight rings passed" ring_row_db(size, passing_item_db)
    optical.loss "network penalty" penalty_item_db
    optical.figure "shot noise" detector_shot_pa(needed_dbm, responsivity, dark_na) unit "pA/sqrt(Hz)"
    optical.figure "thermal noise" detector_thermal_pa(load_ohm) unit "pA/sqrt(Hz)"
    optical.figure "relative intensity noise" detector_rin_pa(needed_dbm, responsivity, rin_db_hz) unit "pA/sqrt(Hz)"
    optical.figure "dynamic range" todb(pow(2, slice_bits)) unit "dB"
    optical.figure "power that a laser draws" laser_mw(laser_dbm, wall_plug) unit "mW"
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
  optical.component @io static_uw io_mw * 1000 duty always area_um2 io_um2
  optical.fanout @tile x tiles weight broadcast, input broadcast
      source "ours: routers multicast what tiles share"
  optical.component @router static_uw router_mw * 1000 duty always area_um2 router_um2
  optical.component @bus static_uw bus_mw * 1000 duty always area_um2 bus_um2
  // Its power is that of an eDRAM at work, whatever it does; so accesses are free.
  optical.memory @edram keeps weight, input, output must output
      capacity_bits tile_kib * 8192 static_uw edram_mw * 1000 duty always area_um2 edram_um2
      source "64 KiB: assumed"
  optical.fanout @unit x units weight broadcast, input broadcast source "4 a tile: assumed"
  optical.component @laser count size duty always
      static_uw laser_mw(laser_dbm, wall_plug) * 1000 area_um2 laser_um2
  optical.converter @input_dac input from digital to analog count size
      static_uw dac_mw * 1000 duty always area_um2 dac_um2 rate_ghz clock_ghz / passes
  optical.converter @input_disk input from analog to optical count size
      energy_fj disk_fj * passes static_uw disk_uw duty always area_um2 disk_um2
      rate_ghz clock_ghz / passes
  optical.converter @adc output from analog to digital count size bits slice_bits
      static_uw adc_mw * 1000 duty always area_um2 adc_um2 rate_ghz clock_ghz / passes
  optical.converter @tia output from analog to analog count size
      static_uw tia_mw * 1000 duty always
  optical.fanout @arm x size over [M] input broadcast wired
      source "all arms receive all inputs"
  optical.converter @detector output from optical to analog
      static_uw detector_mw * 1000 duty always
  // Assumed: one converter an arm sets its disks in turn, and they hold.
  optical.converter @weight_dac weight from digital to analog
      static_uw dac_mw * 1000 duty always area_um2 dac_um2 rate_ghz clock_ghz / slices
  optical.fanout @wavelength x size over [C, R, S, T] output sum wired
      source "a detector adds all wavelengths of its arm"
  optical.memory @weight_disk keeps weight must weight loops [N, P, Q, D]
      capacity_bits bits write_latency_ns program_ns * slices
      write_fj_per_bit disk_fj * slices / bits
      static_uw disk_uw duty always area_um2 disk_um2
      source "one weight; its slices follow each other"
  optical.compute @mac

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle tiles * units * size clock_ghz vector_ghz
      energy_fj_per_element {elementwise = reduction_fj, activation = activation_fj,
          pooling = pooling_fj, reduction = reduction_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj, other = 8 * vector_fj}
      source "activation, pooling and reduction: Vatsavai and Thakkar, TCAD 2022, Table VI; other classes, and one lane for each ADC: assumed"
}
