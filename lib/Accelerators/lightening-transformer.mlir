// Lightening-Transformer (DOTA): H. Zhu, J. Gu, H. Wang, Z. Jiang, Z. Zhang,
// R. Tang, C. Feng, S. Han, R. T. Chen, D. Z. Pan, "Lightening-Transformer: A
// Dynamically-operated Optically-interconnected Photonic Transformer
// Accelerator", HPCA 2024, and its artifact, github
// zhuhanqing/Lightening-Transformer@7c3d4ad, "the artifact" below.
//
// LT-B: 4 tiles x 2 cores; a core is a crossbar of 12 rows x 12 columns, each
// node a dot product over 12 wavelengths. Both operands are modulated in every
// cycle. Rows take matrix 1 (the weight; one modulator for each row, wavelength
// and core), columns matrix 2 (the input; its modulators are shared by all
// tiles). The cores of a tile add their photocurrents, an integrator adds up
// to three cycles, then one converter per node and tile reads the sum.
//
// In the published accounting [N1 x D] . [D x N2] is: rows N1, columns N2,
// wavelengths D. Linear layers: N1 = M, N2 = positions. Products of two
// activations: N1 = P, the left operand.

optical.accelerator @"lightening-transformer" title "Lightening-Transformer (HPCA 2024)"
    source "Zhu et al., HPCA 2024, and its artifact, zhuhanqing/Lightening-Transformer@7c3d4ad"
    clock_ghz clock_ghz weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @tiles = 4 in [2, 4, 8] "tiles; rows of matrix 1 in parallel"
  optical.knob @cores = 2 in [1, 2, 4] "cores per tile; their currents add"
  optical.knob @rows = 12 in [8, 12, 16] "rows of a crossbar"
  optical.knob @columns = 12 in [8, 12, 16] "columns of a crossbar"
  optical.knob @wavelengths = 12 in [8, 12, 16] "wavelengths; length of a dot product"
  optical.knob @bits = 4 in [4] "bits of both operands and of outputs"
  optical.knob @clock_ghz = 5 in [5] "modulation rate in GHz"
  optical.knob @accumulate = 3 in [3] "cycles that an integrator adds up"
  optical.knob @global_kib = 512 in [512] "global buffer per tile in KiB"
  optical.knob @buffer_kib = 4 in [4] "each tile's buffer and matrix 2's in KiB"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  // Devices: params/device_params/default.yaml of the artifact.
  optical.device @mzm_fj 450 unit "fJ per symbol" source "artifact, default.yaml, MZM; any number of bits"
  optical.device @mzm_db 1.2 unit "dB" source "artifact, default.yaml, MZM"
  optical.device @mzm_um2 5200 unit "um2" source "artifact, default.yaml, MZM, 260 x 20 um"
  optical.device @router_ring_uw 275 unit "uW" source "artifact, default.yaml, MRR router"
  optical.device @router_ring_db 0.93 unit "dB" source "artifact, default.yaml, MRR router"
  optical.device @router_ring_um2 23.04 unit "um2" source "artifact, default.yaml, MRR router, 4.8 x 4.8 um"
  optical.device @photodetector_uw 1100 unit "uW" source "artifact, default.yaml, photodetector"
  optical.device @sensitivity_dbm -25 unit "dBm" source "artifact, default.yaml, photodetector"
  optical.device @y_branch_db 0.1 unit "dB" source "artifact, default.yaml, Y-branch"
  optical.device @phase_shifter_db 0.33 unit "dB" source "artifact, default.yaml, phase shifter"
  optical.device @coupler_db 0.33 unit "dB" source "artifact, default.yaml, directional coupler"
  optical.device @wall_plug 0.2 unit "W/W" source "artifact, default.yaml, laser"
  optical.device @laser_um2 120000 unit "um2" source "artifact, default.yaml, laser, 400 x 300 um"
  optical.device @comb_um2 1401856 unit "um2" source "artifact, default.yaml, micro comb, 1184 x 1184 um"
  optical.device @tia_uw 3000 unit "uW" source "artifact, default.yaml, TIA"
  optical.device @tia_um2 50 unit "um2" source "artifact, default.yaml, TIA"
  optical.device @adc_mw 14.8 unit "mW at 8 bits, 10 GS/s" source "artifact, hardware/ADC.py: SAR, power as bits x rate"
  optical.device @adc_um2 2850 unit "um2" source "artifact, hardware/ADC.py"
  optical.device @dac_mw 50 unit "mW at 8 bits, 14 GS/s" source "artifact, hardware/DAC.py: power as 2^bits / bits x rate"
  optical.device @dac_um2 11000 unit "um2" source "artifact, hardware/DAC.py"
  optical.device @adder_uw 45.55808656036446 unit "uW at 5 GHz" source "artifact: 0.2 mW, scaled to the node by 4.39"
  optical.device @adder_um2 88.88888888888889 unit "um2" source "artifact: 240 um2, scaled to the node by 2.7"

  // Memory, per word of 16 bits; other widths in proportion.
  optical.device @dram_fj 62400 unit "fJ per 16 bits" source "artifact, default.yaml, HBM"
  optical.device @global_fj 1655 unit "fJ per 16 bits" source "artifact, default.yaml, global SRAM"
  optical.device @buffer_fj 920 unit "fJ per 16 bits" source "artifact, default.yaml, local buffer"
  optical.device @register_fj 73 unit "fJ per 16 bits" source "artifact, default.yaml, register"
  optical.device @noc_fj 2000 unit "fJ per partial sum of 16 bits" source "artifact, default.yaml, NoC"
  optical.device @dram_bits_per_ns 8796.093022208 unit "bits per ns" source "artifact: 1,024 GB/s, 2^43 bits per s"
  optical.device @global_um2 3587088 unit "um2 per 512 KiB" source "artifact, CACTI: 14.348352 mm2 for 2 MiB"
  optical.device @global_mw 78.8128 unit "mW per 512 KiB" source "artifact, CACTI: 315.2512 mW for 2 MiB"
  optical.device @buffer_um2 68310.5 unit "um2 per 4 KiB" source "artifact, CACTI"
  optical.device @buffer_mw 0.172725 unit "mW per 4 KiB" source "artifact, CACTI"
  optical.device @register_um2 305.237 unit "um2 per 256 B" source "artifact, CACTI"
  optical.device @register_mw 0.0154 unit "mW per 256 B" source "artifact, CACTI"

  // Electronic work: 8 operations for an activation, 5 for a normalization.
  optical.device @vector_fj 100 unit "fJ per operation" source "artifact, non-GEMM work"
  optical.device @softmax_fj_per_byte 1151.7857142857142 unit "fJ per byte" source "artifact, non-GEMM work: 51.6 / 44.8 pJ"
  optical.device @vector_bits_per_ns 58220 unit "bits per ns" source "artifact, non-GEMM work: 5.822e13 bits per s"

  optical.define @dac_fj = dac_mw * 1000 / 14 * (pow(2, bits) / bits) / 32
  optical.define @adc_fj = adc_mw * 1000 / 10 * bits / 8
  optical.define @adder_fj = adder_uw / 5
  optical.define @words = bits / 16 source "artifact: energies per 16 bits, in proportion"
  // The path of a core: modulator, two router rings, splitting tree, one more
  // Y-branch, phase shifter, coupler; a mode feeds rows x columns nodes.
  optical.link @laser_dbm needs_dbm sensitivity_dbm source "artifact, hardware/photonic_crossbar.py" {
    optical.loss "modulator" mzm_db
    optical.loss "router rings" 2 * router_ring_db
    optical.loss "splitters" y_branch_db * ceil(log2(max(rows, columns)))
    optical.loss "splitter of a node" y_branch_db
    optical.loss "phase shifter" phase_shifter_db
    optical.loss "coupler" coupler_db
    optical.loss "split over nodes" todb(rows * columns)
    optical.figure "power that the laser of a core draws" laser_mw_per_core unit "mW" source "artifact: 2^bits levels above the sensitivity"
  }
  optical.define @laser_mw_per_core = db(laser_dbm) / wall_plug * pow(2, bits) source "artifact, hardware/photonic_crossbar.py"
  // Y-branch 1.8, shifter 100 x 45, coupler 5.25 x 2.4, detectors 10 x 4 um.
  optical.define @node_um2 = (1.8 + 100 + 5.25 + 10 + 30) * (1.8 + max(max(45, 2.4), 2 * 4) + 20) source "artifact, hardware/photonic_crossbar.py"
  // Trees over the rows and over the columns, Y-branches of 1.8 x 1.3 um.
  optical.define @tree_um2 = 1.8 * 1.3 * (1 + rows * ceil(log2(rows) + 1) + columns * ceil(log2(columns) + 1)) source "artifact, hardware/photonic_crossbar.py"
  optical.define @matrix1_lanes = rows * wavelengths
  optical.define @matrix2_lanes = columns * wavelengths * cores

  // The nest, outermost first: matrix 1 as weight, matrix 2 as input. Nothing
  // passes a memory by: there is no other way.
  optical.memory @dram keeps weight, input, output clock_ghz 0.5 half_duplex
      read_fj_per_bit dram_fj / 16 write_fj_per_bit dram_fj / 16
      read_bits_per_cycle dram_bits_per_ns * 2 write_bits_per_cycle dram_bits_per_ns * 2
  optical.memory @global_buffer keeps weight, input, output must weight, input, output
      capacity_bits global_kib * 8192 * tiles resident weights_resident weights_resident
      read_fj_per_bit global_fj / 16 write_fj_per_bit global_fj / 16
      area_um2 global_um2 * tiles * global_kib / 512
      static_uw global_mw * 1000 * tiles * global_kib / 512 duty always
      source "artifact: of a network only weights come from DRAM"
  optical.component @laser_area count tiles + cores area_um2 laser_um2
  optical.component @micro_comb count tiles + cores area_um2 comb_um2
  optical.memory @matrix2_buffer keeps input must input capacity_bits buffer_kib * 8192
      read_fj_per_bit buffer_fj / 16 write_fj_per_bit buffer_fj / 16
      area_um2 buffer_um2 * buffer_kib / 4
      static_uw buffer_mw * 1000 * buffer_kib / 4 duty always
  optical.component @matrix2_registers count cores area_um2 register_um2
      static_uw register_mw * 1000 duty always source "artifact: one of 256 B a core of a tile"
  optical.converter @matrix2_dac input from digital to analog
      count matrix2_lanes energy_fj dac_fj area_um2 dac_um2 rate_ghz clock_ghz
  optical.converter @matrix2_mzm input from analog to optical
      count matrix2_lanes energy_fj mzm_fj static_uw 2 * router_ring_uw
      duty per_count area_um2 mzm_um2 rate_ghz clock_ghz
  optical.fanout @tile x tiles over [M] input broadcast wired
  optical.memory @tile_buffer keeps weight, output must weight, output capacity_bits buffer_kib * 8192
      read_fj_per_bit buffer_fj / 16 write_fj_per_bit buffer_fj / 16
      area_um2 buffer_um2 * buffer_kib / 4
      static_uw buffer_mw * 1000 * buffer_kib / 4 duty always
  optical.component @tile_registers count 2 area_um2 register_um2
      static_uw register_mw * 1000 duty always source "artifact: two of 256 B a tile"
  optical.converter @adder output from digital to digital
      count rows * columns energy_fj adder_fj area_um2 adder_um2
  optical.converter @adc output from analog to digital
      count rows * columns energy_fj adc_fj area_um2 adc_um2 rate_ghz clock_ghz
  optical.converter @tia output from analog to analog
      count rows * columns static_uw tia_uw duty per_count area_um2 tia_um2
  optical.memory @integrator keeps output must output loops [C, R, S, T]
      capacity_bits rows * columns * (2 * bits + 8) accumulate_limit accumulate
      source "Zhu et al., HPCA 2024: accumulation in time"
  optical.fanout @core x cores over [C, R, S, T] output sum wired
  optical.component @y_branches area_um2 tree_um2
  optical.component @laser static_uw laser_mw_per_core * 1000 duty per_step
  optical.component @router_rings count 2 * (rows + columns) * wavelengths
      area_um2 router_ring_um2 source "artifact: all rings have area, two per modulator have power"
  optical.memory @register keeps weight must weight loops []
      capacity_bits 2048 read_fj_per_bit register_fj / 16 write_fj_per_bit register_fj / 16
      area_um2 register_um2 static_uw register_mw * 1000 duty always
  optical.converter @matrix1_dac weight from digital to analog
      count matrix1_lanes energy_fj dac_fj area_um2 dac_um2 rate_ghz clock_ghz
  optical.converter @matrix1_mzm weight from analog to optical
      count matrix1_lanes energy_fj mzm_fj static_uw 2 * router_ring_uw
      duty per_count area_um2 mzm_um2 rate_ghz clock_ghz
  optical.fanout @row x rows over [M] input broadcast wired
  optical.fanout @column x columns over [N, P, Q, D] weight broadcast wired
  optical.component @node area_um2 node_um2
  optical.converter @detector_pair output from optical to analog
      static_uw 2 * photodetector_uw duty per_count
      source "area is the node's"
  optical.fanout @wavelength x wavelengths over [C, R, S, T] output sum wired
  optical.compute @mac

  optical.vector_unit @vector_unit at @global_buffer overlap overlap
      elements_per_cycle vector_bits_per_ns / bits clock_ghz 1
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          normalization = 5 * vector_fj, softmax = softmax_fj_per_byte * bits / 8,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          other = 8 * vector_fj}
      source "artifact, non-GEMM work; pooling, reduction, quantization and other: assumed"

  // The artifact's simulator. Its blocks are pooled: divided over all cores of
  // all tiles together, where the nest above takes a ceil for each fan-out.
  optical.accounting @published source "artifact, hardware_simulator"
      latency_ps max(compute_ns, preload_ns) * 1000 {
    optical.define @positions = N * P * Q * D
    optical.define @n1 = select(weight_is_constant, M, positions)
    optical.define @n2 = select(weight_is_constant, positions, M)
    optical.define @depth = C * R * S * T
    optical.define @blocks1 = ceildiv(n1, rows)
    optical.define @blocks2 = ceildiv(n2, columns)
    optical.define @core_cycles = G * blocks1 * blocks2 * ceildiv(depth, wavelengths)
    optical.define @compute_ns = ceildiv(core_cycles, tiles * cores) / clock_ghz
    // Only linear layers come from DRAM, a block of rows at a time, in cycles of
    // the buffers' 500 MHz.
    optical.define @preload_ns = weight_is_constant * G * ceildiv(n1, rows * tiles) * ceil(rows * depth * bits / (dram_bits_per_ns / tiles) / 2) * 2
    optical.define @elements1 = G * n1 * depth
    optical.define @modulated1 = elements1 * blocks2
    optical.define @modulated2 = G * n2 * depth * blocks1 / tiles
    optical.define @converted = G * n1 * n2 * ceildiv(ceildiv(ceildiv(depth, wavelengths), accumulate), cores)
    optical.define @detected = G * n1 * n2 * ceildiv(depth, wavelengths)
    // Passes over the outputs where a block of rows exceeds the tile's buffer.
    optical.define @passes = max(ceil(rows * depth * bits / (buffer_kib * 8192)), 1)
    optical.define @output_words = G * n1 * n2 * (2 * passes - 1)
    optical.define @modulators = tiles * cores * matrix1_lanes + matrix2_lanes
    optical.define @converters = tiles * rows * columns
    optical.define @registers = 2 * tiles + tiles * cores + cores

    optical.tally @laser count core_cycles energy_fj laser_mw_per_core * 1000 / clock_ghz
        power_mw laser_mw_per_core * tiles * cores area_um2 (tiles + cores) * laser_um2
    optical.tally @micro_comb area_um2 (tiles + cores) * comb_um2
    optical.tally @DAC count modulated1 + modulated2 energy_fj dac_fj
        power_mw modulators * dac_fj * clock_ghz / 1000 area_um2 modulators * dac_um2
    optical.tally @MZM count modulated1 + modulated2
        energy_fj mzm_fj + 2 * router_ring_uw / clock_ghz
        power_mw modulators * (mzm_fj * clock_ghz + 2 * router_ring_uw) / 1000
        area_um2 modulators * mzm_um2 + tiles * cores * 2 * (rows + columns) * wavelengths * router_ring_um2
    optical.tally @photodetector count detected energy_fj 2 * photodetector_uw / clock_ghz
        power_mw tiles * cores * rows * columns * 2 * photodetector_uw / 1000
    optical.tally @photonic_core area_um2 tiles * cores * (rows * columns * node_um2 + tree_um2)
    optical.tally @TIA count converted energy_fj tia_uw / clock_ghz
        power_mw converters * tia_uw / 1000 area_um2 converters * tia_um2
    optical.tally @ADC count converted energy_fj adc_fj
        power_mw converters * adc_fj * clock_ghz / 1000 area_um2 converters * adc_um2
    optical.tally @adder count converted energy_fj adder_fj
        power_mw converters * adder_fj * clock_ghz / 1000 area_um2 converters * adder_um2
    optical.tally @dram when weight_is_constant count elements1 * words energy_fj dram_fj
    // The artifact's attention rows leave out the reads of the operands (it
    // multiplies them by the energy of an access twice); here they are counted.
    optical.tally @global_operands count (elements1 + modulated2) * words energy_fj global_fj
    optical.tally @global_fills when weight_is_constant count elements1 * words energy_fj global_fj
    optical.tally @global_outputs count output_words * words energy_fj global_fj
    optical.tally @tile_buffer count (elements1 + modulated1 + 2 * modulated2 + output_words) * words energy_fj buffer_fj
    optical.tally @register count 2 * (modulated1 + modulated2 + converted) * words energy_fj register_fj
    optical.tally @noc count converted * words energy_fj noc_fj
    optical.tally @mem
        area_um2 global_um2 * tiles * global_kib / 512 + (tiles + 1) * buffer_um2 * buffer_kib / 4 + registers * register_um2
        power_mw global_mw * tiles * global_kib / 512 + (tiles + 1) * buffer_mw * buffer_kib / 4 + registers * register_mw
  }
}
