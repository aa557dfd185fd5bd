// Albireo: K. Shiflett, A. Karanth, R. Bunescu, A. Louri, "Albireo:
// Energy-Efficient Acceleration of Convolutional Neural Networks via Silicon
// Photonics", ISCA 2021.
//
// 9 groups (PLCG) x 3 units (PLCU) x 3 star-coupled row groups x 3 rows x
// 5 columns = 1,215 multiply-accumulates a cycle. An input is modulated once on
// a wavelength of its own and multicast to all groups; a star coupler hands 7
// inputs to 3 rows (a kernel row) of 5 columns (output positions); photocurrents
// add over rows, row groups and units before one conversion.
//
// Not in the paper, and so our own: the vector unit, and how device numbers
// follow the knobs away from the published point (each says so).

optical.accelerator @albireo title "Albireo (ISCA 2021)"
    source "Shiflett et al., ISCA 2021; device numbers as in CiMLoop (mit-emze/cimloop d6e1390, albireo_isca_2021)"
    clock_ghz clock_ghz weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @plcg = 9 in [3, 9, 18] "locally connected groups; output channels in parallel"
  optical.knob @plcu = 3 in [1, 3] "units per group; their currents add"
  optical.knob @groups = 3 in [3] "star-coupled row groups per unit; their currents add"
  optical.knob @rows = 3 in [3] "rows per star coupler; a kernel row"
  optical.knob @columns = 5 in [5, 10] "columns per star coupler; output positions in parallel"
  optical.knob @wavelengths = 63 in [21, 63] "wavelengths, each with an input modulator; inputs in parallel"
  optical.knob @clock_ghz = 5 in [5] "modulation rate in GHz"
  optical.knob @bits = 8 in [8] "bits of weights, inputs and outputs"
  optical.knob @glb_kib = 512 in [512, 2048] "global buffer in KiB"
  optical.knob @cache = 4096 in [4096] "words of 64 bits in the weight cache of each group"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  optical.device_set @conservative source "Shiflett et al., ISCA 2021, Table III, conservative"
  optical.device_set @moderate source "Shiflett et al., ISCA 2021, Table III, moderate"
  optical.device_set @aggressive source "Shiflett et al., ISCA 2021, Table III, aggressive"

  // Power per device: the totals of Table III over the number of devices, as in
  // CiMLoop's 7nm_components.csv.
  optical.device @ring_mw {conservative = 3.1, moderate = 0.388, aggressive = 0.155} unit "mW" source "Shiflett et al., ISCA 2021, Table III, over 2,430 rings"
  optical.device @mzm_mw {conservative = 11.3, moderate = 1.41, aggressive = 0.565} unit "mW" source "Shiflett et al., ISCA 2021, Table III, over 306 modulators"
  optical.device @laser_mw {conservative = 37.5, moderate = 1.38, aggressive = 1.38} unit "mW" source "Shiflett et al., ISCA 2021, Table III, over 63 wavelengths"
  optical.device @tia_mw {conservative = 3, moderate = 1.5, aggressive = 0.3} unit "mW" source "Shiflett et al., ISCA 2021, Table III, over 45 amplifiers"
  optical.device @dac_mw {conservative = 26, moderate = 13, aggressive = 2.6} unit "mW at 8 bits, 5 GS/s" source "Shiflett et al., ISCA 2021, Table III, over 306 converters"
  optical.device @adc_mw {conservative = 29, moderate = 14.5, aggressive = 2.9} unit "mW at 8 bits, 5 GS/s" source "Shiflett et al., ISCA 2021, Table III, over 45 converters"
  optical.device @cache_mw 30 unit "mW for 9 caches at 5 GHz" source "Shiflett et al., ISCA 2021, Table III"

  // Area per device.
  optical.device @ring_um2 410 unit "um2" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @mzm_um2 15066 unit "um2" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @laser_um2 6153 unit "um2 per multiplier" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @awg_um2 1108089 unit "um2" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @star_um2 262500 unit "um2" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @tia_um2 2769 unit "um2" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @dac_um2 153 unit "um2" source "CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @photodiode_um2 1846 unit "um2" source "hwcomponents-library 8b56f7e, library/albireo.py"
  optical.device @adc_um2 11076 unit "um2" source "0.4 % of 124.6 mm2 (Shiflett et al., ISCA 2021) over 45 converters"
  optical.device @sram_um2_per_bit 0.10563 unit "um2 per bit" source "0.2 % of 124.6 mm2 (Shiflett et al., ISCA 2021) over 9 caches of 4,096 x 64 bits"

  // Memory, per bit.
  optical.device @dram_fj_per_bit 8000 unit "fJ per bit" source "LPDDR4, hwcomponents-cacti; the paper leaves DRAM out: 0 does so too"
  optical.device @sram_fj_per_bit 6.796875 unit "fJ per bit" source "0.435 pJ per 64 bits at 7 nm: CiMLoop, albireo_isca_2021, 7nm_components.csv"
  optical.device @register_fj_per_bit 4.5625 unit "fJ per bit" source "0.073 pJ per 16 bits: Lightening-Transformer artifact, HPCA 2024"
  optical.device @vector_fj 100 unit "fJ per operation" assumed source "as in the Lightening-Transformer artifact, HPCA 2024; Albireo gives none"

  optical.define @lanes = plcu * groups * (rows + columns - 1) source "inputs that all star couplers of a group take: 63"
  optical.define @multipliers = plcg * plcu * groups * rows * columns source "1,215"
  optical.define @weight_lanes = plcg * plcu * groups * rows source "243"
  optical.define @output_lanes = plcg * columns source "45"
  // Away from 8 bits: a DAC takes power as 2^bits / bits, an SAR ADC as bits,
  // both as their rate, so that energies do not depend on the clock.
  optical.define @dac_fj = dac_mw * 1000 / 5 * (pow(2, bits) / bits) / 32 source "scaling: Lightening-Transformer artifact, HPCA 2024, hardware/DAC.py"
  optical.define @adc_fj = adc_mw * 1000 / 5 * bits / 8 source "scaling: Lightening-Transformer artifact, HPCA 2024, hardware/ADC.py"
  // The light of a wavelength is shared by the multipliers that use its input:
  // plcg x rows x columns / (rows + columns - 1), 19.3 as published.
  optical.define @laser_uw = laser_mw * 1000 * (plcg * rows * columns / (rows + columns - 1)) / (135 / 7) source "in proportion to the multipliers, as CiMLoop's laser per multiplier"

  // The nest, outermost first. Nothing passes a memory by: there is no other way.
  optical.memory @dram keeps weight, input, output
      read_fj_per_bit dram_fj_per_bit write_fj_per_bit dram_fj_per_bit
  optical.memory @glb keeps input, output must input, output capacity_bits glb_kib * 8192
      read_fj_per_bit sram_fj_per_bit write_fj_per_bit sram_fj_per_bit
      area_um2 glb_kib * 8192 * sram_um2_per_bit
      source "16 B x 32,768: CiMLoop, albireo_isca_2021"
  optical.component @laser count wavelengths static_uw laser_uw duty always
      area_um2 laser_um2 * multipliers / wavelengths
  optical.converter @input_dac input from digital to analog hold
      count wavelengths energy_fj dac_fj area_um2 dac_um2 rate_ghz clock_ghz
  optical.converter @input_mzm input from analog to optical
      count wavelengths static_uw mzm_mw * 1000 duty per_count area_um2 mzm_um2
  optical.converter @input_ring input from optical to optical
      count wavelengths static_uw ring_mw * 1000 duty per_count
      source "one multiplexing ring an input; not among the 2,430 of Table III"
  optical.fanout @plcgs x plcg over [M] input broadcast wired
      max_input wavelengths source "Shiflett et al., ISCA 2021: an input reaches all groups"
  optical.memory @weight_cache keeps weight must weight loops [N, P, Q]
      capacity_bits cache * 64
      read_fj_per_bit sram_fj_per_bit write_fj_per_bit sram_fj_per_bit
      area_um2 cache * 64 * sram_um2_per_bit
  optical.memory @output_register keeps output must output loops [C, R, S]
      capacity_bits columns * (2 * bits + 8)
      read_fj_per_bit register_fj_per_bit write_fj_per_bit register_fj_per_bit
      source "adds the converted sums of the five columns"
  optical.converter @adc output from analog to digital
      count columns energy_fj adc_fj area_um2 adc_um2 rate_ghz clock_ghz
  optical.converter @tia output from analog to analog
      count columns static_uw tia_mw * 1000 duty per_count area_um2 tia_um2
  optical.fanout @plcus x plcu over [C, R, S] output sum wired
  optical.converter @photodiode output from optical to analog
      count columns area_um2 photodiode_um2
  optical.fanout @row_groups x groups over [C, R, S] output sum wired
  optical.component @awg area_um2 awg_um2
  optical.component @star_coupler area_um2 star_um2
  optical.fanout @coupler_rows x rows over [C, R, S] input window, output sum wired
      max_input rows + columns - 1
      source "seven inputs a star coupler: at stride 1, three kernel columns and five positions"
  optical.converter @weight_dac weight from digital to analog
      energy_fj dac_fj area_um2 dac_um2 rate_ghz clock_ghz
  optical.converter @weight_mzm weight from analog to optical
      static_uw mzm_mw * 1000 duty per_count area_um2 mzm_um2
  optical.fanout @coupler_columns x columns over [N, P, Q]
      weight broadcast wired, input window
  optical.compute @ring_pair static_uw 2 * ring_mw * 1000 duty per_count
      area_um2 2 * ring_um2 source "two rings for the sign of a product"

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle output_lanes
      energy_fj_per_element {elementwise = vector_fj, activation = vector_fj,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj,
          other = 8 * vector_fj}
      source "assumed: one lane for each ADC"

  // Table III and section 5: all multipliers busy in every cycle, everything on.
  optical.accounting @published
      source "Shiflett et al., ISCA 2021, Table III: energy is total power x latency at full utilisation"
      latency_ps macs / busy / clock_ghz * 1000 {
    // With fewer wavelengths than inputs that the couplers take, some idle.
    optical.define @busy = multipliers * min(1, wavelengths / lanes)
    optical.define @latency = macs / busy / clock_ghz * 1000
    optical.define @mrr_total_mw = 2 * multipliers * ring_mw
    optical.define @mzm_total_mw = (weight_lanes + wavelengths) * mzm_mw
    optical.define @laser_total_mw = wavelengths * laser_uw / 1000
    optical.define @tia_total_mw = output_lanes * tia_mw
    optical.define @dac_total_mw = (weight_lanes + wavelengths) * dac_fj * clock_ghz / 1000
    optical.define @adc_total_mw = output_lanes * adc_fj * clock_ghz / 1000
    optical.define @cache_total_mw = cache_mw * plcg / 9 * clock_ghz / 5
    // One count a picosecond of latency: 1 mW x 1 ps = 1 fJ.
    optical.tally @MRR count latency energy_fj mrr_total_mw power_mw mrr_total_mw
        area_um2 2 * multipliers * ring_um2
    optical.tally @MZM count latency energy_fj mzm_total_mw power_mw mzm_total_mw
        area_um2 (weight_lanes + wavelengths) * mzm_um2
    optical.tally @laser count latency energy_fj laser_total_mw power_mw laser_total_mw
        area_um2 multipliers * laser_um2
    optical.tally @TIA count latency energy_fj tia_total_mw power_mw tia_total_mw
        area_um2 output_lanes * tia_um2
    optical.tally @DAC count latency energy_fj dac_total_mw power_mw dac_total_mw
        area_um2 (weight_lanes + wavelengths) * dac_um2
    optical.tally @ADC count latency energy_fj adc_total_mw power_mw adc_total_mw
        area_um2 output_lanes * adc_um2
    optical.tally @cache count latency energy_fj cache_total_mw power_mw cache_total_mw
        area_um2 plcg * cache * 64 * sram_um2_per_bit
    optical.tally @AWG area_um2 plcg * plcu * groups * awg_um2
    optical.tally @star_coupler area_um2 plcg * plcu * groups * star_um2
    optical.tally @photodiode area_um2 plcg * plcu * columns * photodiode_um2
  }
}
