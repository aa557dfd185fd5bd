// ADEPT: C. Demirkiran, F. Eris, G. Wang, J. Elmhurst, N. Moore, N. C. Harris, A.
// Basumallik, V. J. Reddi, A. Joshi, D. Bunandar, "An Electro-Photonic System for
// Accelerating Deep Neural Networks", JETC 2023, arXiv 2109.01126: a mesh of
// interferometers multiplies matrices, electronics does everything else.
//
// A core's mesh holds a matrix of n x n as two meshes of n (n - 1) / 2
// interferometers and a column of n attenuators; n inputs are modulated and pass
// it, n outputs are detected. A new matrix has to wait for the phase shifters.
//
// Only the abstract was read (5.73x the throughput per watt of systolic arrays, as a
// whole system). The devices are those that Lightening-Transformer's artifact gives
// its baseline of meshes, and SimPhony's phase shifters. With them light does not get
// far: at 4 bits and 5 GS/s a laser of 100 mW suffices for 10 modes. The 128 modes
// that we recall of ADEPT (unverified) would take less than 0.05 dB an
// interferometer; the device set `needed` assumes that, to show what depends on it.
//
// What the description does not say: how ADEPT hides programming, and the work that
// decomposes a matrix into phases (weights are constant; products of two activations
// would need it in every layer, and are charged like weights here).

optical.accelerator @adept title "ADEPT (electro-photonic, JETC 2023)"
    source "Demirkiran et al., JETC 2023; devices: Lightening-Transformer artifact (MZI mesh), SimPhony"
    clock_ghz clock_ghz / passes weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @cores = 16 in [4, 16, 64] "cores, each with a mesh and a laser"
  optical.knob @modes = 8 in [4, 8, 10, 12, 128] "modes of a mesh; inputs and outputs"
  optical.knob @clock_ghz = 5 in [1, 5] "symbol rate in GHz"
  optical.knob @bits = 8 in [8] "bits of weights, inputs and outputs"
  optical.knob @slice_bits = 4 in [4] "bits of an operand that light carries at once"
  optical.knob @glb_kib = 2048 in [2048] "global buffer in KiB; its bandwidth grows with it"
  optical.knob @core_kib = 16 in [16] "buffer of a core in KiB"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  optical.device_set @lightening_transformer source "interferometers of the mesh that is a baseline in Lightening-Transformer, HPCA 2024"
  optical.device_set @thermal source "thermo-optic phase shifters: SimPhony 0bdc10d, configs/devices"
  optical.device_set @mems source "MEMS phase shifters: SimPhony 0bdc10d, configs/devices"
  optical.device_set @needed source "assumed: the loss that 128 modes could bear; otherwise as lightening_transformer"

  // An interferometer: two phase shifters and two couplers (0.33 dB), if not known as one.
  optical.device @mzi_item_db {lightening_transformer = 0.99, thermal = 1.16, mems = 1.32, needed = 0.04} unit "dB" assumed source "Lightening-Transformer artifact, default.yaml, 0.99; SimPhony, 2 x 0.25 and 2 x 0.33, with two couplers of Lightening-Transformer; needed: ours, what 128 modes could bear"
  optical.device @pi_mw {lightening_transformer = 0, thermal = 30, mems = 0, needed = 0} unit "mW for a phase of pi" source "SimPhony 0bdc10d, configs/devices; no power in Lightening-Transformer"
  optical.device @program_ns {lightening_transformer = 2000, thermal = 10000, mems = 2000, needed = 2000} unit "ns" source "Lightening-Transformer artifact, 2 us; SimPhony 0bdc10d, configs/devices"
  optical.device @mzi_um2 {lightening_transformer = 18000, thermal = 5025.2, mems = 9025.2, needed = 18000} unit "um2" source "Lightening-Transformer artifact, default.yaml, 180 x 100 um; SimPhony, 2 x 100 x 25 and 2 x 100 x 45 um, with two couplers of 5.25 x 2.4 um"
  optical.device @mean_phase 1.5707963 unit "rad" assumed source "ours: half of pi"
  optical.device @write_fj 450 unit "fJ per parameter" source "Lightening-Transformer artifact, MZI mesh: 0.45 pJ a write"

  optical.device @mzm_fj 450 unit "fJ per symbol" source "Lightening-Transformer artifact, default.yaml, MZM"
  optical.device @mzm_item_db 1.2 unit "dB" source "Lightening-Transformer artifact, default.yaml, MZM"
  optical.device @mzm_um2 5200 unit "um2" source "Lightening-Transformer artifact, default.yaml, MZM, 260 x 20 um"
  optical.device @branch_item_db 0.1 unit "dB a branch" source "Lightening-Transformer artifact, default.yaml, Y-branch"
  optical.device @responsivity 1.2 unit "A/W" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @dark_na 35 unit "nA" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @load_ohm 50 unit "ohm" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @rin_db_hz -140 unit "dB/Hz" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @laser_limit_dbm 20 unit "dBm of a laser, optical" source "100 mW, the laser of DEAP-CNN (Bangari et al., JSTQE 2020): that it is optical is assumed"
  optical.device @wall_plug 0.2 unit "W/W" source "Lightening-Transformer artifact, default.yaml, laser"
  optical.device @laser_um2 120000 unit "um2" source "Lightening-Transformer artifact, default.yaml, 400 x 300 um"
  optical.device @detector_mw 1.1 unit "mW" source "Lightening-Transformer artifact, default.yaml, photodetector"
  optical.device @tia_mw 3 unit "mW" source "Lightening-Transformer artifact, default.yaml, TIA"
  optical.device @tia_um2 50 unit "um2" source "Lightening-Transformer artifact, default.yaml, TIA"
  optical.device @adc_mw 14.8 unit "mW at 8 bits, 10 GS/s" source "Lightening-Transformer artifact, hardware/ADC.py"
  optical.device @adc_um2 2850 unit "um2" source "Lightening-Transformer artifact, hardware/ADC.py"
  optical.device @dac_mw 50 unit "mW at 8 bits, 14 GS/s" source "Lightening-Transformer artifact, hardware/DAC.py"
  optical.device @dac_um2 11000 unit "um2" source "Lightening-Transformer artifact, hardware/DAC.py"

  // Memory and electronics around it, as assumed here: those of `broadcast-and-weight`.
  optical.device @dram_fj_per_bit 6250 unit "fJ per bit" source "HBM2, hwcomponents-cacti"
  optical.device @dram_bits_per_ns 8796.093022208 unit "bits per ns" source "Lightening-Transformer artifact: 1,024 GB/s"
  optical.device @glb_fj_per_bit 103.4375 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 1.655 pJ per 16 bits, banks of 32 KiB"
  optical.device @glb_um2_per_kib 7005.859375 unit "um2 per KiB" source "Lightening-Transformer artifact, CACTI: 14.348 mm2 for 2 MiB"
  optical.device @glb_mw_per_kib 0.153931 unit "mW per KiB" source "Lightening-Transformer artifact, CACTI: 315.2512 mW for 2 MiB"
  optical.device @bank_kib 32 unit "KiB" source "Lightening-Transformer artifact"
  optical.device @bank_bits_per_ns 128 unit "bits per ns" assumed source "16 B wide as Albireo's buffer (CiMLoop, albireo_isca_2021), at 1 GHz"
  optical.device @core_fj_per_bit 57.5 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 0.92 pJ per 16 bits"
  optical.device @core_um2_per_kib 17077.625 unit "um2 per KiB" source "Lightening-Transformer artifact, CACTI: 0.0683105 mm2 for 4 KiB"
  optical.device @core_mw_per_kib 0.04318125 unit "mW per KiB" source "Lightening-Transformer artifact, CACTI: 0.172725 mW for 4 KiB"
  optical.device @noc_fj_per_bit 125 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 2 pJ per partial sum of 16 bits"
  optical.device @vector_fj 100 unit "fJ per operation" source "Lightening-Transformer artifact, non-GEMM work"
  optical.device @vector_ghz 1 unit "GHz" assumed source "a synthesised clock"

  optical.define @slices = ceil(bits / slice_bits) source "of an operand"
  optical.define @passes = slices * slices source "every slice of an input meets every slice of a weight"
  optical.define @interferometers = 2 * mesh_mzis(modes) + modes source "two meshes and a column of attenuators"

  // A laser's light is split over the modes, each of which passes the whole mesh.
  optical.define @needed_dbm = min(detector_dbm(slice_bits, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz), 99)
  optical.link @laser_dbm needs_dbm needed_dbm limit_dbm laser_limit_dbm
      enob detector_enob(needed_dbm, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz) {
    optical.loss "split over modes" split_db(modes)
    optical.loss "splitters" tree_db(modes, branch_item_db)
    optical.loss "modulator" mzm_item_db
    optical.loss "meshes" (2 * mesh_depth_rectangular(modes) + 1) * mzi_item_db
    optical.figure "shot noise" detector_shot_pa(needed_dbm, responsivity, dark_na) unit "pA/sqrt(Hz)"
    optical.figure "thermal noise" detector_thermal_pa(load_ohm) unit "pA/sqrt(Hz)"
    optical.figure "relative intensity noise" detector_rin_pa(needed_dbm, responsivity, rin_db_hz) unit "pA/sqrt(Hz)"
    optical.figure "dynamic range" todb(pow(2, slice_bits)) unit "dB"
    optical.figure "interferometers in series" 2 * mesh_depth_rectangular(modes) + 1
    optical.figure "power that a laser draws" laser_mw(laser_dbm, wall_plug) unit "mW"
  }

  optical.define @dac_fj = sample_fj(dac_mw(slice_bits, clock_ghz, dac_mw, 8, 14), clock_ghz)
  optical.define @adc_fj = sample_fj(adc_sar_mw(slice_bits, clock_ghz, adc_mw, 8, 10), clock_ghz)
  // Of an interferometer, and of a weight: a matrix of modes x modes has as many
  // weights as parameters.
  optical.define @hold_mw = 2 * phase_shifter_mw(mean_phase, pi_mw)

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
  optical.fanout @core x cores weight broadcast, input broadcast
      source "ours: an electronic network that multicasts what cores share"
  optical.converter @noc output from digital to digital
      energy_fj noc_fj_per_bit * (2 * bits + 8)
  optical.memory @core_buffer keeps weight, input, output must output
      capacity_bits core_kib * 8192
      read_fj_per_bit core_fj_per_bit write_fj_per_bit core_fj_per_bit
      area_um2 core_um2_per_kib * core_kib static_uw core_mw_per_kib * core_kib * 1000 duty always
      source "adds up slices and partial sums"
  optical.component @laser duty always
      static_uw laser_mw(laser_dbm, wall_plug) * 1000 area_um2 laser_um2
  optical.component @mesh count interferometers area_um2 mzi_um2
      static_uw hold_mw * 1000 duty always
  optical.converter @input_dac input from digital to analog count modes
      energy_fj dac_fj * passes area_um2 dac_um2 rate_ghz clock_ghz / passes
  optical.converter @input_mzm input from analog to optical count modes
      energy_fj mzm_fj * passes area_um2 mzm_um2 rate_ghz clock_ghz / passes
  optical.converter @adc output from analog to digital count modes bits slice_bits
      energy_fj adc_fj * passes area_um2 adc_um2 rate_ghz clock_ghz / passes
  optical.converter @tia output from analog to analog count modes
      static_uw tia_mw * 1000 duty always area_um2 tia_um2
  optical.converter @detector output from optical to analog count modes
      static_uw detector_mw * 1000 duty always
  optical.fanout @output_mode x modes over [M] input broadcast wired
  // One converter a mode sets its phases in turn, and they hold: assumed.
  optical.converter @weight_dac weight from digital to analog
      energy_fj dac_fj * slices area_um2 dac_um2 rate_ghz clock_ghz / slices
  optical.fanout @input_mode x modes over [C, R, S, T] output sum wired
  optical.memory @phases keeps weight must weight loops [N, P, Q, D]
      capacity_bits bits write_latency_ns program_ns * slices
      write_fj_per_bit write_fj * slices / bits
      source "as many parameters as weights; its slices follow each other"
  optical.compute @mac

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle cores * modes clock_ghz vector_ghz
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj, other = 8 * vector_fj}
      source "operations an element: Lightening-Transformer artifact, non-GEMM work; pooling, reduction, quantization, softmax and other, and one lane for each ADC: assumed"
}
