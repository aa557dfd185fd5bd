// MZI mesh: the coherent baseline of Lightening-Transformer (H. Zhu et al., HPCA
// 2024), as its artifact has it, github
// zhuhanqing/Lightening-Transformer@7c3d4ad, "the artifact" below,
// configuration Bs_mzi.
//
// 4 tiles x 2 cores; a core holds a 12 x 12 matrix as U S V: two meshes of 66
// Mach-Zehnder interferometers and 12 modulators for the singular values. All
// inputs of a position are modulated side by side and leave the core as products
// with the matrix. Programming a matrix takes 2 us, so that weights stay while
// inputs stream by.
//
// In the published accounting [N1 x D] . [D x N2] is: rows N1 = M, columns
// D = C R S T, one position N2 = N P Q D a cycle. It has linear layers only: the
// factors of a matrix have to be known beforehand, and products of two
// activations count as nothing, neither time nor energy.
//
// What the nest cannot say: that a product of two activations needs its factors
// (it programs a mesh with them as with others, in 2 us); that an incomplete
// block has the parameters of a complete one; a network on chip; and each
// fan-out takes a ceil, where the artifact pools blocks over all cores of all
// tiles.

optical.accelerator @"mzi-mesh" title "MZI mesh (baseline of Lightening-Transformer, HPCA 2024)"
    source "Zhu et al., HPCA 2024, and its artifact, zhuhanqing/Lightening-Transformer@7c3d4ad, Bs_mzi"
    clock_ghz clock_ghz weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @tiles = 4 in [2, 4, 8] "tiles"
  optical.knob @cores = 2 in [1, 2, 4] "cores per tile; their sums add"
  optical.knob @rows = 12 in [8, 12, 16] "outputs of a mesh"
  optical.knob @columns = 12 in [8, 12, 16] "inputs of a mesh; length of a dot product"
  optical.knob @bits = 4 in [4] "bits of weights, inputs and outputs"
  optical.knob @clock_ghz = 5 in [5] "modulation rate in GHz"
  optical.knob @global_kib = 512 in [512] "global buffer per tile in KiB"
  optical.knob @buffer_kib = 4 in [4] "each of a tile's two buffers in KiB"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  // Devices: params/device_params/default.yaml and Bs_mzi_4bit.yaml.
  optical.device @mzm_fj 450 unit "fJ per symbol" source "artifact, Bs_mzi_4bit.yaml, input modulator; any number of bits"
  optical.device @mzm_db 1.2 unit "dB" source "artifact, Bs_mzi_4bit.yaml, input modulator"
  optical.device @mzm_um2 5200 unit "um2" source "artifact, Bs_mzi_4bit.yaml, input modulator, 260 x 20 um"
  optical.device @mzi_fj 450 unit "fJ per write" source "artifact, Bs_mzi_4bit.yaml, mesh interferometer"
  optical.device @mzi_db 0.99 unit "dB" source "artifact, Bs_mzi_4bit.yaml, mesh interferometer"
  optical.device @mzi_um2 18000 unit "um2" source "artifact, Bs_mzi_4bit.yaml, mesh interferometer, 180 x 100 um"
  optical.device @program_ns 2000 unit "ns" source "artifact, Bs_mzi_4bit.yaml, mesh interferometer, response time"
  optical.device @photodetector_uw 1100 unit "uW" source "artifact, default.yaml, photodetector"
  optical.device @photodetector_um2 40 unit "um2" source "artifact, default.yaml, photodetector, 4 x 10 um"
  optical.device @sensitivity_dbm -25 unit "dBm" source "artifact, default.yaml, photodetector"
  optical.device @wall_plug 0.2 unit "W/W" source "artifact, default.yaml, laser"
  optical.device @laser_um2 120000 unit "um2" source "artifact, default.yaml, laser, 400 x 300 um"
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
  optical.device @dram_bits_per_ns 8796.093022208 unit "bits per ns" source "artifact, hardware/SRAM.py: 1,024 GB/s, 2^43 bits per s"
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
  optical.define @mzis = mesh_mzis(rows) + mesh_mzis(columns) source "artifact, hardware/photonic_MZI.py: 132"
  optical.define @attenuators = max(rows, columns) source "artifact, hardware/photonic_MZI.py: singular values"
  optical.define @parameters = mzis + attenuators source "one written for an interferometer and a singular value: 144"
  // Modulator, two rectangular meshes and the column between them.
  optical.link @laser_dbm needs_dbm sensitivity_dbm source "artifact, hardware/photonic_MZI.py" {
    optical.loss "split over columns" split_db(columns)
    optical.loss "modulator" mzm_db
    optical.loss "mesh of columns" mzi_db * mesh_depth_rectangular(columns)
    optical.loss "singular values" mzi_db
    optical.loss "mesh of rows" mzi_db * mesh_depth_rectangular(rows)
    optical.figure "power that the laser of a core draws" laser_mw_per_core unit "mW" source "artifact: 2^bits levels above the sensitivity"
  }
  optical.define @laser_mw_per_core = laser_mw(laser_dbm, wall_plug) * pow(2, bits) source "artifact, hardware/photonic_MZI.py"
  // Meshes, singular values, one detector an output, input modulators, and
  // Y-branches (1.8 x 1.3 um).
  optical.define @core_um2 = mzis * mzi_um2 + attenuators * mzm_um2 + rows * photodetector_um2 + columns * mzm_um2 + 1.8 * ceil(log2(rows) + 1) * 1.3 * rows source "artifact, hardware/photonic_MZI.py"
  // An interferometer has two phases, each with a converter, though the energies
  // count one write for it.
  optical.define @weight_dacs = 2 * mzis + attenuators source "artifact, hardware/photonic_MZI.py: 276"

  // The nest, outermost first. Nothing passes a memory by: there is no other way.
  // A block has as many parameters as elements if the mesh is square; else
  // weights move at the parameters' share.
  optical.define @share = parameters / (rows * columns)
  optical.memory @dram keeps weight, input, output clock_ghz 0.5 half_duplex
      read_fj_per_bit dram_fj / 16 write_fj_per_bit dram_fj / 16
      read_bits_per_cycle dram_bits_per_ns * 2 write_bits_per_cycle dram_bits_per_ns * 2
  optical.memory @global_buffer keeps weight, input, output must weight, input, output
      capacity_bits global_kib * 8192 * tiles resident weights_resident weights_resident
      read_fj_per_bit global_fj / 16 write_fj_per_bit global_fj / 16
      area_um2 global_um2 * tiles * global_kib / 512
      static_uw global_mw * 1000 * tiles * global_kib / 512 duty always
      source "artifact: of a network only weights come from DRAM"
  optical.fanout @tile x tiles
  optical.component @laser_area area_um2 laser_um2
  optical.memory @operand_buffer keeps weight, input must weight, input
      capacity_bits buffer_kib * 8192
      read_fj_per_bit buffer_fj / 16 write_fj_per_bit buffer_fj / 16
      area_um2 buffer_um2 * buffer_kib / 4
      static_uw buffer_mw * 1000 * buffer_kib / 4 duty always
  optical.memory @output_buffer keeps output must output capacity_bits buffer_kib * 8192
      read_fj_per_bit buffer_fj / 16 write_fj_per_bit buffer_fj / 16
      area_um2 buffer_um2 * buffer_kib / 4
      static_uw buffer_mw * 1000 * buffer_kib / 4 duty always
  optical.component @tile_registers count 2 area_um2 register_um2
      static_uw register_mw * 1000 duty always source "artifact: two of 256 B a tile"
  optical.component @adder_area count rows * columns area_um2 adder_um2
      source "artifact: as many as a crossbar of Lightening-Transformer has"
  optical.fanout @core x cores over [C, R, S, T] output sum wired
  optical.component @photonic_core area_um2 core_um2
  optical.component @laser static_uw laser_mw_per_core * 1000 duty per_step
  optical.component @core_registers count 2 area_um2 register_um2
      static_uw register_mw * 1000 duty always source "artifact: two of 256 B a core"
  // The artifact writes and reads a register for all that is modulated.
  optical.memory @register keeps weight, input must weight, input loops []
      capacity_bits 4096 read_fj_per_bit register_fj / 16 write_fj_per_bit register_fj / 16
  optical.converter @weight_dac weight from digital to analog
      count weight_dacs energy_fj dac_fj * share area_um2 dac_um2 rate_ghz clock_ghz
  // The meshes keep their parameters while positions stream by.
  optical.memory @mesh keeps weight must weight loops []
      capacity_bits rows * columns * bits write_latency_ns program_ns
      write_fj_per_bit (mzi_fj * mzis + mzm_fj * attenuators) / (rows * columns) / bits
  optical.converter @input_dac input from digital to analog
      count columns energy_fj dac_fj area_um2 dac_um2 rate_ghz clock_ghz
  optical.converter @input_mzm input from analog to optical
      count columns energy_fj mzm_fj rate_ghz clock_ghz source "area is the core's"
  optical.converter @adder output from digital to digital
      count rows energy_fj adder_fj
  optical.converter @adc output from analog to digital
      count rows energy_fj adc_fj area_um2 adc_um2 rate_ghz clock_ghz
  optical.converter @tia output from analog to analog
      count rows static_uw tia_uw duty per_count area_um2 tia_um2
  optical.converter @detector_pair output from optical to analog
      count rows static_uw 2 * photodetector_uw duty per_count
      source "area is the core's; the artifact has the area of one and the power of two"
  optical.fanout @row x rows over [M] input broadcast wired
  optical.fanout @column x columns over [C, R, S, T] output sum wired
  optical.compute @mac

  optical.vector_unit @vector_unit at @global_buffer overlap overlap
      elements_per_cycle vector_bits_per_ns / bits clock_ghz 1
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          normalization = 5 * vector_fj, softmax = softmax_fj_per_byte * bits / 8,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          other = 8 * vector_fj}
      source "artifact, non-GEMM work; pooling, reduction, quantization and other: assumed"

  // The artifact's simulator: blocks are pooled over all cores of all tiles, and
  // memory never limits. The artifact gives no power for this design: powers are
  // of its devices, all on, interferometers while they are written.
  optical.accounting @published source "artifact, hardware_simulator; linear layers only"
      latency_ps weight_is_constant * (compute_ns + programming_ns) * 1000 {
    optical.define @positions = N * P * Q * D
    optical.define @depth = C * R * S * T
    optical.define @blocks1 = ceildiv(M, rows)
    optical.define @blocks_depth = ceildiv(depth, columns)
    optical.define @blocks = G * blocks1 * blocks_depth
    optical.define @compute_ns = ceildiv(blocks * positions, tiles * cores) / clock_ghz
    // All cores are programmed at a time.
    optical.define @programming_ns = ceildiv(blocks, tiles * cores) * program_ns
    optical.define @written = blocks * parameters
    optical.define @modulated = G * blocks1 * positions * depth
    optical.define @outputs = G * M * positions
    // Outputs of a position come block by block of depth; a tile's cores add
    // theirs.
    optical.define @sums = outputs * blocks_depth
    optical.define @tile_sums = sums / cores
    // Where a row of blocks' outputs exceeds the tile's buffer, sums go to the
    // global buffer and come back.
    optical.define @spills = "rows * positions * bits > buffer_kib * 8192"
    optical.define @all_cores = tiles * cores

    optical.tally @laser when weight_is_constant count blocks * positions
        energy_fj laser_mw_per_core * 1000 / clock_ghz
        power_mw laser_mw_per_core * all_cores area_um2 tiles * laser_um2
    optical.tally @DAC when weight_is_constant count written + modulated energy_fj dac_fj
        power_mw all_cores * (weight_dacs + columns) * dac_fj * clock_ghz / 1000
        area_um2 all_cores * (weight_dacs + rows) * dac_um2
    optical.tally @MZM when weight_is_constant count modulated energy_fj mzm_fj
        power_mw all_cores * columns * mzm_fj * clock_ghz / 1000
    optical.tally @mesh when weight_is_constant count blocks energy_fj mzis * mzi_fj + attenuators * mzm_fj
        power_mw all_cores * (mzis * mzi_fj + attenuators * mzm_fj) / program_ns / 1000
    optical.tally @photodetector when weight_is_constant count sums energy_fj 2 * photodetector_uw / clock_ghz
        power_mw all_cores * rows * 2 * photodetector_uw / 1000
    optical.tally @photonic_core area_um2 all_cores * core_um2
    optical.tally @TIA when weight_is_constant count sums energy_fj tia_uw / clock_ghz
        power_mw all_cores * rows * tia_uw / 1000 area_um2 all_cores * rows * tia_um2
    optical.tally @ADC when weight_is_constant count sums energy_fj adc_fj
        power_mw all_cores * rows * adc_fj * clock_ghz / 1000 area_um2 all_cores * rows * adc_um2
    optical.tally @adder when weight_is_constant count sums energy_fj adder_fj
        power_mw all_cores * rows * adder_fj * clock_ghz / 1000 area_um2 tiles * rows * columns * adder_um2
    optical.tally @dram when weight_is_constant count written * words energy_fj dram_fj
    // The artifact fills the global buffer with the matrix's elements, and
    // delivers the parameters from it.
    optical.tally @global_fills when weight_is_constant count G * M * depth * words energy_fj global_fj
    optical.tally @global_operands when weight_is_constant count (written + modulated) * words energy_fj global_fj
    optical.tally @global_outputs when weight_is_constant count (outputs + select(spills, 2 * tile_sums - 2 * outputs, 0)) * words energy_fj global_fj
    optical.tally @tile_buffer when weight_is_constant count (2 * (written + modulated) + select(spills, 2 * tile_sums - outputs, tile_sums)) * words energy_fj buffer_fj
    optical.tally @register when weight_is_constant count 2 * (written + modulated + tile_sums) * words energy_fj register_fj
    optical.tally @noc when weight_is_constant count sums * words energy_fj noc_fj
    optical.tally @mem
        area_um2 global_um2 * tiles * global_kib / 512 + 2 * tiles * buffer_um2 * buffer_kib / 4 + 2 * tiles * (1 + cores) * register_um2
        power_mw global_mw * tiles * global_kib / 512 + 2 * tiles * buffer_mw * buffer_kib / 4 + 2 * tiles * (1 + cores) * register_mw
  }
}
