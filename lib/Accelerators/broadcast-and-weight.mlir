// Broadcast and weight: A. N. Tait, M. A. Nahmias, B. J. Shastri, P. R. Prucnal,
// "Broadcast and Weight: An Integrated Network for Scalable Photonic Spike
// Processing", Journal of Lightwave Technology 32 (2014). The generic template of
// accelerators with banks of weight rings, not one publication's machine.
//
// A core modulates one input on each wavelength, splits the light over its rows,
// and in every row a bank of rings, one a wavelength, weights it; a balanced pair
// of detectors adds the row up, and one converter reads the sum. Weights stay in
// the rings while inputs stream.
//
// Operands have `bits`, light carries `slice_bits` of them: an operand is
// ceil(bits / slice_bits) slices, every input slice meets every weight slice, and
// the slices of a result are shifted and added electronically. A step of the nest
// is one product of whole operands, so that its clock is that of the symbols over
// the passes. (8-bit operands sliced onto 4-bit hardware: Vatsavai and Thakkar,
// TCAD 2022, and the comparison with SCONNA, IPDPS 2023.)
//
// What the description does not say: light has no sign, so that inputs that may be
// negative are shifted by a constant, and its known share is taken off
// electronically (no cost here; Lightening-Transformer's account of such a bank
// runs twice instead). What analog precision costs in accuracy.

optical.accelerator @"broadcast-and-weight" title "Broadcast and weight (microring weight banks)"
    source "Tait et al., JLT 2014; link budget: Vatsavai and Thakkar, TCAD 2022, Eq. 11; device numbers beside each"
    clock_ghz clock_ghz / passes weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @cores = 16 in [4, 16, 64] "cores, each with its own modulators and lasers"
  optical.knob @rows = 16 in [8, 16, 32] "weight banks a core; outputs in parallel"
  optical.knob @wavelengths = 16 in [8, 16, 32] "wavelengths, and rings a bank; length of a dot product"
  optical.knob @clock_ghz = 5 in [1, 5] "symbol rate in GHz"
  optical.knob @bits = 8 in [8] "bits of weights, inputs and outputs"
  optical.knob @slice_bits = 4 in [2, 4] "bits of an operand that light carries at once"
  optical.knob @glb_kib = 2048 in [512, 2048] "global buffer in KiB; its bandwidth grows with it"
  optical.knob @core_kib = 16 in [16] "buffer of a core in KiB"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  // The first is the default. Thermal tuning is the common way to hold a weight,
  // but 4 us for every new weight is all that one then sees of a network.
  optical.device_set @electro_optic source "rings tuned by carriers; losses and receivers of Vatsavai and Thakkar, TCAD 2022"
  optical.device_set @thermal source "rings tuned by heaters; losses and receivers of Vatsavai and Thakkar, TCAD 2022"
  optical.device_set @lightening_transformer source "the bank of microrings that is a baseline in Lightening-Transformer, HPCA 2024"

  // Rings.
  optical.device @tuning_mw_per_fsr {electro_optic = 0.08, thermal = 27.5, lightening_transformer = 0} unit "mW per FSR" source "Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight)"
  optical.device @tuned_fsr 0.5 unit "FSR" assumed source "ours: the mean, if the resonance that came from the fab may be anywhere"
  optical.device @hold_mw {electro_optic = 0, thermal = 0, lightening_transformer = 1.2} unit "mW" source "Lightening-Transformer artifact, default.yaml, MRR; the others pay for tuning instead"
  optical.device @program_ns {electro_optic = 20, thermal = 4000, lightening_transformer = 20} unit "ns" source "Vatsavai and Thakkar, TCAD 2022, Table VII; Lightening-Transformer has no time for it"
  optical.device @ring_fj 42 unit "fJ per symbol or new weight" source "Lightening-Transformer artifact, default.yaml, MRR"
  optical.device @modulator_mw 1.2 unit "mW" source "Lightening-Transformer artifact, default.yaml, MRR"
  optical.device @ring_um 9.66 unit "um, the side of a ring" source "Lightening-Transformer artifact, default.yaml, MRR"
  optical.device @q 8000 source "Vatsavai and Thakkar, TCAD 2022, Table VII"
  optical.device @wavelength_nm 1550 unit "nm" assumed source "the C band"
  optical.device @group_index 4.2 assumed source "textbook: a silicon strip waveguide of 450 to 500 nm"

  // The link, item by item.
  optical.device @responsivity 1.2 unit "A/W" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @dark_na 35 unit "nA" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @load_ohm 50 unit "ohm" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @rin_db_hz -140 unit "dB/Hz" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @laser_limit_dbm 10 unit "dBm a wavelength, optical" source "Vatsavai and Thakkar, TCAD 2022"
  optical.device @wall_plug {electro_optic = 0.1, thermal = 0.1, lightening_transformer = 0.2} unit "W/W" source "Vatsavai and Thakkar, TCAD 2022; Lightening-Transformer artifact, default.yaml"
  optical.device @coupling_item_db {electro_optic = 1.6, thermal = 1.6, lightening_transformer = 0} unit "dB" source "Vatsavai and Thakkar, TCAD 2022, fibre to chip; not counted by Lightening-Transformer"
  optical.device @modulator_item_db {electro_optic = 4, thermal = 4, lightening_transformer = 0.95} unit "dB" source "Vatsavai and Thakkar, TCAD 2022; Lightening-Transformer artifact, default.yaml"
  optical.device @ring_item_db {electro_optic = 0.01, thermal = 0.01, lightening_transformer = 0.95} unit "dB" source "Vatsavai and Thakkar, TCAD 2022; Lightening-Transformer artifact, default.yaml"
  optical.device @passing_item_db {electro_optic = 0.01, thermal = 0.01, lightening_transformer = 0.1} unit "dB a ring passed" source "Vatsavai and Thakkar, TCAD 2022; Lightening-Transformer artifact, default.yaml"
  optical.device @branch_item_db {electro_optic = 0.01, thermal = 0.01, lightening_transformer = 0.1} unit "dB a branch" source "Vatsavai and Thakkar, TCAD 2022; Lightening-Transformer artifact, default.yaml"
  optical.device @waveguide_db_per_cm {electro_optic = 3, thermal = 3, lightening_transformer = 0} unit "dB/cm" source "Vatsavai and Thakkar, TCAD 2022; not counted by Lightening-Transformer"
  optical.device @ring_pitch_mm 0.12 unit "mm a wavelength" source "Vatsavai and Thakkar, TCAD 2022: 0.02, and 0.1 from modulators to weights"
  optical.device @penalty_item_db {electro_optic = 5.8, thermal = 5.8, lightening_transformer = 0} unit "dB" source "Vatsavai and Thakkar, TCAD 2022, network penalty of AMM; not counted by Lightening-Transformer"

  // Receivers and converters.
  optical.device @detector_mw {electro_optic = 2.8, thermal = 2.8, lightening_transformer = 1.1} unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VII; Lightening-Transformer artifact, default.yaml"
  optical.device @detector_um2 40 unit "um2" source "Lightening-Transformer artifact, default.yaml, 4 x 10 um"
  optical.device @tia_mw {electro_optic = 7.2, thermal = 7.2, lightening_transformer = 3} unit "mW" source "Vatsavai and Thakkar, TCAD 2022, Table VII; Lightening-Transformer artifact, default.yaml"
  optical.device @tia_um2 50 unit "um2" source "Lightening-Transformer artifact, default.yaml"
  optical.device @adc_mw {electro_optic = 29, thermal = 29, lightening_transformer = 7.4} unit "mW at 8 bits, 5 GS/s" source "Shiflett et al., ISCA 2021, Table III, conservative (as in Vatsavai and Thakkar, TCAD 2022, at 5 GS/s); Lightening-Transformer artifact, hardware/ADC.py, 14.8 mW at 10 GS/s"
  optical.device @adc_um2 2850 unit "um2" source "Lightening-Transformer artifact, hardware/ADC.py"
  optical.device @dac_mw 50 unit "mW at 8 bits, 14 GS/s" source "Lightening-Transformer artifact, hardware/DAC.py"
  optical.device @dac_um2 11000 unit "um2" source "Lightening-Transformer artifact, hardware/DAC.py"
  optical.device @laser_um2 120000 unit "um2" source "Lightening-Transformer artifact, default.yaml, 400 x 300 um"

  // Memory and electronics: the same in `systolic`.
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

  // Slices.
  optical.define @slices = ceil(bits / slice_bits) source "of an operand"
  optical.define @passes = slices * slices source "every slice of an input meets every slice of a weight"

  // Rings of this Q and size tell so many wavelengths apart; they repeat after an FSR.
  optical.define @fsr_nm = ring_fsr_nm(wavelength_nm, group_index, 3.14159265 * ring_um)
  optical.define @channels = ring_crosstalk_channels(slice_bits, q, fsr_nm, wavelength_nm)

  optical.require "wavelengths <= channels"
      reason "{wavelengths} wavelengths, but rings of Q {q} in an FSR of {fsr_nm} nm tell {channels} apart for {slice_bits} bits"

  // A wavelength's way from the laser to the detectors of one row.
  optical.define @needed_dbm = min(detector_dbm(slice_bits, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz), 99)
  optical.link @laser_dbm needs_dbm needed_dbm limit_dbm laser_limit_dbm
      enob detector_enob(needed_dbm, clock_ghz, responsivity, dark_na, load_ohm, rin_db_hz) {
    optical.loss "fibre to chip" coupling_item_db
    optical.loss "modulator" modulator_item_db
    optical.loss "modulators passed" ring_row_db(wavelengths, passing_item_db)
    optical.loss "split over rows" split_db(rows)
    optical.loss "splitters" tree_db(rows, branch_item_db)
    optical.loss "waveguides" waveguide_db(ring_pitch_mm * wavelengths, waveguide_db_per_cm, 0, 0, 0, 0)
    optical.loss "weight ring" ring_item_db
    optical.loss "weight rings passed" ring_row_db(wavelengths, passing_item_db)
    optical.loss "network penalty" penalty_item_db
    optical.figure "shot noise" detector_shot_pa(needed_dbm, responsivity, dark_na) unit "pA/sqrt(Hz)"
    optical.figure "thermal noise" detector_thermal_pa(load_ohm) unit "pA/sqrt(Hz)"
    optical.figure "relative intensity noise" detector_rin_pa(needed_dbm, responsivity, rin_db_hz) unit "pA/sqrt(Hz)"
    optical.figure "dynamic range" todb(pow(2, slice_bits)) unit "dB"
    optical.figure "wavelengths that rings tell apart" channels
    optical.figure "crosstalk of all neighbours" todb(ring_crosstalk(wavelengths, q, fsr_nm, wavelength_nm)) unit "dB"
    optical.figure "power that a laser draws" laser_mw(laser_dbm, wall_plug) unit "mW"
    optical.figure "power that all lasers draw" cores * wavelengths * laser_mw(laser_dbm, wall_plug) unit "mW"
  }

  // Energies per whole operand: so many slices, each so often.
  optical.define @dac_fj = sample_fj(dac_mw(slice_bits, clock_ghz, dac_mw, 8, 14), clock_ghz)
  optical.define @adc_fj = sample_fj(adc_sar_mw(slice_bits, clock_ghz, adc_mw, 8, 5), clock_ghz)
  optical.define @weight_mw = hold_mw + ring_tuning_mw(tuned_fsr, 1, tuning_mw_per_fsr)

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
  optical.component @laser count wavelengths duty always
      static_uw laser_mw(laser_dbm, wall_plug) * 1000 area_um2 laser_um2
  optical.converter @input_dac input from digital to analog count wavelengths
      energy_fj dac_fj * passes area_um2 dac_um2 rate_ghz clock_ghz / passes
  optical.converter @input_ring input from analog to optical count wavelengths
      energy_fj ring_fj * passes static_uw modulator_mw * 1000 duty per_count
      area_um2 ring_um * ring_um rate_ghz clock_ghz / passes
  optical.converter @adc output from analog to digital count rows bits slice_bits
      energy_fj adc_fj * passes area_um2 adc_um2 rate_ghz clock_ghz / passes
  optical.converter @tia output from analog to analog count rows
      static_uw tia_mw * 1000 duty always area_um2 tia_um2
  optical.fanout @row x rows over [M] input broadcast wired
      source "Tait et al., JLT 2014: all rows receive all inputs"
  optical.converter @detector_pair output from optical to analog
      static_uw 2 * detector_mw * 1000 duty always area_um2 2 * detector_um2
  // Assumed: one converter a row sets its rings in turn, and they hold.
  optical.converter @weight_dac weight from digital to analog
      energy_fj dac_fj * slices area_um2 dac_um2 rate_ghz clock_ghz / slices
  optical.fanout @wavelength x wavelengths over [C, R, S, T] output sum wired
      source "Tait et al., JLT 2014: a detector adds all wavelengths of its row"
  optical.memory @weight_ring keeps weight must weight loops [N, P, Q, D]
      capacity_bits bits write_latency_ns program_ns * slices
      write_fj_per_bit ring_fj * slices / bits
      static_uw weight_mw * 1000 duty always area_um2 ring_um * ring_um
      source "one weight; its slices follow each other"
  optical.compute @mac

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle cores * rows clock_ghz vector_ghz
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj, other = 8 * vector_fj}
      source "operations an element: Lightening-Transformer artifact, non-GEMM work; pooling, reduction, quantization, softmax and other, and one lane for each ADC: assumed"
}
