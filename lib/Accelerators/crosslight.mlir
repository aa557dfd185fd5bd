// CrossLight: F. Sunny, A. Mirza, M. Nikdast, S. Pasricha, "CrossLight: A Cross-Layer
// Optimized Silicon Photonic Neural Network Accelerator", DAC 2021.
//
// Units compute dot products: an input is imprinted on each of n wavelengths, a bank
// of rings weights them, a detector adds them up. Rings are moved to their grid by
// heaters (thermal tuning) and to a value by carriers (electro-optic tuning, 20 ns),
// which is the time of a step. 16 bits.
//
// Only the abstract was read, and device numbers that Vatsavai and Thakkar attribute
// to it; the numbers and sizes of units are assumed. Published: 9.5x less energy per
// bit and 15.9x the throughput per watt of earlier photonic accelerators, on networks
// that are not in here. No accounting of the publication was found.
//
// What the description does not say: CrossLight has units of two sizes, for
// convolutions and for fully connected layers, where one accelerator here has one;
// and it adds the sums of several arms with lasers of their own.

optical.accelerator @crosslight title "CrossLight (DAC 2021)"
    source "Sunny et al., DAC 2021; device numbers as in Vatsavai and Thakkar, TCAD 2022, Table VII"
    clock_ghz clock_ghz / passes weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @units = 100 in [50, 100, 200] "units, each a dot product (100: assumed)"
  optical.knob @size = 20 in [10, 15, 20, 30] "wavelengths of a unit; length of its dot product (20: assumed)"
  optical.knob @clock_ghz = 0.05 in [0.05] "steps per ns: 20 ns of electro-optic tuning for a new value"
  optical.knob @bits = 16 in [16] "bits of weights, inputs and outputs"
  optical.knob @slice_bits = 16 in [4, 8, 16] "bits of an operand that light carries at once"
  optical.knob @glb_kib = 2048 in [2048] "global buffer in KiB; its bandwidth grows with it"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  // The publication takes a detector's sensitivity for enough, however many bits it
  // has to tell apart; noise does not, and forbids 16.
  optical.device_set @sensitivity source "a fixed sensitivity: Vatsavai and Thakkar, TCAD 2022, after CrossLight"
  optical.device_set @noise source "the power that detectors need for the bits: Vatsavai and Thakkar, TCAD 2022, Eq. 9 and 10"

  // Rings.
  optical.device @heater_mw_per_fsr 27.5 unit "mW per FSR" source "Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight)"
  optical.device @carrier_mw_per_fsr 0.08 unit "mW per FSR" source "Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight)"
  optical.device @tuned_fsr 0.5 unit "FSR" assumed source "ours: the mean, if the resonance that came from the fab may be anywhere; CrossLight's rings and its tuning of neighbours together need less, by factors that were not found"
  optical.device @program_ns 20 unit "ns" source "Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight)"
  optical.device @ring_um 20 unit "um" assumed source "the pitch of Vatsavai and Thakkar, TCAD 2022, in both directions"
  optical.device @ring_fj 42 unit "fJ per symbol or new weight" source "Lightening-Transformer artifact, default.yaml, MRR; CrossLight gives none"

  // Receivers and converters.
  optical.device @detector_mw 2.8 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight)"
  optical.device @tia_mw 7.2 unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight)"
  optical.device @dac_fj 23400 unit "fJ per sample" source "30 mW x 0.78 ns: Vatsavai and Thakkar, TCAD 2022, Table VI; for any bits: assumed"
  optical.device @dac_um2 34000 unit "um2" source "Vatsavai and Thakkar, TCAD 2022, Table VI"
  optical.device @adc_node_nm 28 unit "nm" assumed source "ours: a node for the survey of converters; CrossLight's converter was not found"
  optical.device @laser_um2 120000 unit "um2" source "Lightening-Transformer artifact, default.yaml, 400 x 300 um"

  // The link, item by item.
  optical.device @counts_noise {sensitivity = 0, noise = 1} assumed source "ours: which of the two accounts holds"
  optical.device @sensitivity_dbm -20 unit "dBm" source "Vatsavai and Thakkar, TCAD 2022, after CrossLight"
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
  optical.device @vector_fj 100 unit "fJ per operation" source "Lightening-Transformer artifact, non-GEMM work"
  optical.device @vector_ghz 1 unit "GHz" assumed source "a synthesised clock"

  optical.define @slices = ceil(bits / slice_bits) source "of an operand"
  optical.define @passes = slices * slices source "every slice of an input meets every slice of a weight"

  // From a laser to the detectors of a unit, which has light of its own.
  optical.define @noise_dbm = min(detector_dbm(slice_bits, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz), 99)
  optical.define @needed_dbm = select(counts_noise, noise_dbm, sensitivity_dbm)
  optical.link @laser_dbm needs_dbm needed_dbm limit_dbm laser_limit_dbm
      enob detector_enob(needed_dbm, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz) {
    optical.loss "fibre to chip" coupling_item_db
    optical.loss "modulator" modulator_item_db
    optical.loss "modulators passed" ring_row_db(size, passing_item_db)
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

  optical.define @adc_fj = adc_survey_fj(slice_bits, clock_ghz, adc_node_nm) source "optimistic: the best of the survey"
  optical.define @adc_um2 = adc_survey_um2(slice_bits, clock_ghz, adc_node_nm)
  optical.define @ring_mw = ring_tuning_mw(tuned_fsr, 1, heater_mw_per_fsr) + ring_tuning_mw(tuned_fsr, 1, carrier_mw_per_fsr)

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
  optical.memory @sum_register keeps output must output loops [C, R, S, T]
      capacity_bits 2 * bits + 8 source "assumed: adds up slices, and what wavelengths do not cover"
  optical.component @laser count size duty always
      static_uw laser_mw(laser_dbm, wall_plug) * 1000 area_um2 laser_um2
  optical.converter @adc output from analog to digital bits slice_bits
      energy_fj adc_fj * passes area_um2 adc_um2 rate_ghz clock_ghz / passes
  optical.converter @tia output from analog to analog static_uw tia_mw * 1000 duty always
  optical.converter @detector output from optical to analog static_uw detector_mw * 1000 duty always
  optical.fanout @wavelength x size over [C, R, S, T] output sum wired
      source "a detector adds all wavelengths of its unit"
  optical.converter @input_dac input from digital to analog
      energy_fj dac_fj * passes area_um2 dac_um2 rate_ghz clock_ghz / passes
  optical.converter @input_ring input from analog to optical
      energy_fj ring_fj * passes static_uw ring_mw * 1000 duty always
      area_um2 ring_um * ring_um rate_ghz clock_ghz / passes
  optical.converter @weight_dac weight from digital to analog
      energy_fj dac_fj * slices area_um2 dac_um2 rate_ghz clock_ghz / slices
  optical.memory @weight_ring keeps weight must weight loops [N, P, Q, D]
      capacity_bits bits write_latency_ns program_ns * slices
      write_fj_per_bit ring_fj * slices / bits
      static_uw ring_mw * 1000 duty always area_um2 ring_um * ring_um
      source "one weight; its slices follow each other"
  optical.compute @mac

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle units clock_ghz vector_ghz
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj, other = 8 * vector_fj}
      source "operations an element: Lightening-Transformer artifact, non-GEMM work; pooling, reduction, quantization, softmax and other, and one lane for each unit: assumed"
}
