// A systolic array without light: the baseline of the photonic accelerators here,
// with the DRAM, the buffers, the network and the vector unit of
// `broadcast-and-weight`, so that a comparison with it is one of how products are
// made, and not of memories. No publication's machine.
//
// Weights stay in the array's registers, inputs pass along the rows, partial sums
// along the columns (weight stationary, as H. T. Kung and C. E. Leiserson's arrays,
// and the TPU of Jouppi et al., ISCA 2017). A second register for each weight is
// filled while the first one works.
//
// What the description does not say: the cycles to fill and drain the array
// (rows + columns - 1 for each tile of weights); control and clock distribution.

optical.accelerator @systolic title "Systolic array (electronic baseline)"
    source "M. Horowitz, ISSCC 2014, for arithmetic; memories as in broadcast-and-weight"
    clock_ghz clock_ghz weight_bits bits input_bits bits output_bits bits
    accumulator_bits 2 * bits + 8 {

  optical.knob @arrays = 4 in [1, 4, 16] "arrays, each with its own buffer"
  optical.knob @rows = 32 in [16, 32, 64] "rows of an array; length of a dot product"
  optical.knob @columns = 32 in [16, 32, 64] "columns of an array; outputs in parallel"
  optical.knob @clock_ghz = 1 in [0.5, 1] "clock in GHz"
  optical.knob @bits = 8 in [8] "bits of weights, inputs and outputs"
  optical.knob @glb_kib = 2048 in [512, 2048] "global buffer in KiB; its bandwidth grows with it"
  optical.knob @array_kib = 16 in [16] "buffer of an array in KiB"
  optical.knob @weights_resident = 0 in [0] "1: weights may stay in the global buffer from one inference to the next"
  optical.knob @overlap = 0 in [0] "share of a contraction's time in which electronic work that follows runs beside it"

  optical.device_set @node_45nm source "M. Horowitz, ISSCC 2014, 45 nm"
  optical.device_set @scaled source "scaled to the node of Lightening-Transformer's converters"

  // Arithmetic.
  optical.device @multiply_fj 200 unit "fJ at 8 bits, 45 nm" source "M. Horowitz, Computing's energy problem (and what we can do about it), ISSCC 2014, as in stillwater-sc/esim, energysim/database/energy.py"
  optical.device @add_fj 100 unit "fJ at 32 bits, 45 nm" source "M. Horowitz, Computing's energy problem (and what we can do about it), ISSCC 2014, as in stillwater-sc/esim, energysim/database/energy.py"
  optical.device @node_energy {node_45nm = 1, scaled = 4.39} assumed source "the factor by which the Lightening-Transformer artifact scales its adder to its node; that it holds from 45 nm, and for multipliers, is ours"
  optical.device @node_area {node_45nm = 1, scaled = 2.7} assumed source "as node_energy; the artifact's factor of area"
  optical.device @multiplier_um2 282 unit "um2 at 8 bits, 45 nm" assumed source "often quoted beside the energies of Horowitz, ISSCC 2014; not read there"
  optical.device @adder_um2 137 unit "um2 at 32 bits, 45 nm" assumed source "often quoted beside the energies of Horowitz, ISSCC 2014; not read there"
  optical.device @register_fj_per_bit 4.5625 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 0.073 pJ per 16 bits"
  optical.device @register_um2_per_bit 0.148926 unit "um2 per bit" source "Lightening-Transformer artifact, CACTI: 305 um2 for 256 B"

  // Memory and vector unit: those of `broadcast-and-weight`.
  optical.device @dram_fj_per_bit 6250 unit "fJ per bit" source "HBM2, hwcomponents-cacti"
  optical.device @dram_bits_per_ns 8796.093022208 unit "bits per ns" source "Lightening-Transformer artifact: 1,024 GB/s"
  optical.device @glb_fj_per_bit 103.4375 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 1.655 pJ per 16 bits, banks of 32 KiB"
  optical.device @glb_um2_per_kib 7005.859375 unit "um2 per KiB" source "Lightening-Transformer artifact, CACTI: 14.348 mm2 for 2 MiB"
  optical.device @glb_mw_per_kib 0.153931 unit "mW per KiB" source "Lightening-Transformer artifact, CACTI: 315.2512 mW for 2 MiB"
  optical.device @bank_kib 32 unit "KiB" source "Lightening-Transformer artifact"
  optical.device @bank_bits_per_ns 128 unit "bits per ns" assumed source "16 B wide as Albireo's buffer (CiMLoop, albireo_isca_2021), at 1 GHz"
  optical.device @array_fj_per_bit 57.5 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 0.92 pJ per 16 bits"
  optical.device @array_um2_per_kib 17077.625 unit "um2 per KiB" source "Lightening-Transformer artifact, CACTI: 0.0683105 mm2 for 4 KiB"
  optical.device @array_mw_per_kib 0.04318125 unit "mW per KiB" source "Lightening-Transformer artifact, CACTI: 0.172725 mW for 4 KiB"
  optical.device @noc_fj_per_bit 125 unit "fJ per bit" source "Lightening-Transformer artifact, default.yaml: 2 pJ per partial sum of 16 bits"
  optical.device @vector_fj 100 unit "fJ per operation" source "Lightening-Transformer artifact, non-GEMM work"
  optical.device @vector_ghz 1 unit "GHz" assumed source "a synthesised clock"

  // A multiplier grows with the square of its bits, an adder with its bits (ours).
  optical.define @sum_bits = 2 * bits + 8
  optical.define @mac_fj = (multiply_fj * pow(bits / 8, 2) + add_fj * sum_bits / 32) / node_energy
  optical.define @mac_um2 = (multiplier_um2 * pow(bits / 8, 2) + adder_um2 * sum_bits / 32) / node_area
  // A product's input and sum are each read and written in a cell's registers.
  optical.define @pass_fj = 2 * (bits + sum_bits) * register_fj_per_bit
  optical.define @cell_bits = 3 * bits + sum_bits source "two weights, an input and a sum"

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
  optical.fanout @array x arrays weight broadcast, input broadcast
      source "ours: an electronic network that multicasts what arrays share"
  optical.converter @noc output from digital to digital
      energy_fj noc_fj_per_bit * sum_bits
  optical.memory @array_buffer keeps weight, input, output must output
      capacity_bits array_kib * 8192
      read_fj_per_bit array_fj_per_bit write_fj_per_bit array_fj_per_bit
      area_um2 array_um2_per_kib * array_kib static_uw array_mw_per_kib * array_kib * 1000 duty always
      source "adds up partial sums"
  optical.fanout @column x columns over [M] input broadcast wired
      source "an input passes all columns"
  optical.fanout @row x rows over [C, R, S, T] output sum wired
      source "a sum passes all rows"
  optical.memory @weight_register keeps weight must weight loops [N, P, Q, D]
      double_buffered capacity_bits 2 * bits write_latency_ns rows / clock_ghz
      write_fj_per_bit register_fj_per_bit
      source "a tile of weights moves down the rows in as many cycles, while the one before works"
  optical.compute @mac energy_fj mac_fj + pass_fj
      area_um2 mac_um2 + cell_bits * register_um2_per_bit

  optical.vector_unit @vector_unit at @glb overlap overlap elements_per_cycle arrays * columns clock_ghz vector_ghz
      energy_fj_per_element {elementwise = vector_fj, activation = 8 * vector_fj,
          pooling = vector_fj, reduction = vector_fj, quantization = vector_fj,
          normalization = 5 * vector_fj, softmax = 8 * vector_fj, other = 8 * vector_fj}
      source "operations an element: Lightening-Transformer artifact, non-GEMM work; pooling, reduction, quantization, softmax and other, and one lane for each column: assumed"
}
