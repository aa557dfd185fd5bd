// A bank of microrings as other mappers were compared on: 16 cores of 64 x 64
// rings, each of which holds a weight. Words are 8 bits. Multicasts and sums are
// free, programming takes no time, and of the memories only the global buffer has
// a bandwidth. No publication's machine.
optical.accelerator @weight_bank title "Bank of microrings for comparisons" source "round numbers, no publication"
    clock_ghz 1 weight_bits 8 input_bits 8 output_bits 8 accumulator_bits 8 {
  optical.memory @dram keeps weight, input, output
      read_fj_per_bit 8000 write_fj_per_bit 8000
  optical.memory @glb keeps weight, input, output
      capacity_bits 8 * 2097152 read_fj_per_bit 421.875 write_fj_per_bit 421.875
      read_bits_per_cycle 4096 write_bits_per_cycle 4096
  optical.fanout @core x 16 weight window, input window, output sum
  optical.memory @core_buffer keeps weight, input, output
      capacity_bits 8 * 65536 read_fj_per_bit 109.375 write_fj_per_bit 109.375
  optical.fanout @column x 64 over [C, R, S, M] weight window, input window, output sum
  optical.fanout @row x 64 over [C, R, S, M] weight window, input window, output sum
  optical.memory @ring keeps weight must weight loops [P, Q]
      capacity_bits 8 write_fj_per_bit 187.5
  optical.compute @mac energy_fj 450
}
