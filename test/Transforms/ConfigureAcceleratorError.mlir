// What the pass refuses, each in one line that says what there is instead.
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=nosuch})' 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=nosuch.mlir})' 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy knobs=core=8})' 2>&1 | FileCheck %s --check-prefix=KNOB
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy knobs=cores})' 2>&1 | FileCheck %s --check-prefix=MALFORMED
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy knobs=cores=2.5})' 2>&1 | FileCheck %s --check-prefix=FRACTION
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy devices=slow})' 2>&1 | FileCheck %s --check-prefix=DEVICES
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=toy overrides=adc_fj=1})' 2>&1 | FileCheck %s --check-prefix=OVERRIDE
// RUN: not ohas-opt %s --pass-pipeline='builtin.module(optical-configure-accelerator)' 2>&1 | FileCheck %s --check-prefix=NONE

// NAME: error: unknown accelerator 'nosuch'; there are adept, albireo, {{.*}}lightening-transformer, {{.*}}systolic, @toy, @other, or a .mlir file
// FILE: error: no accelerator file 'nosuch.mlir'
// KNOB: error: accelerator 'toy': no knob 'core'; there are: cores
// MALFORMED: error: malformed knob 'cores': expected name=number
// FRACTION: error: accelerator 'toy': level 'lanes': extent is 2.5, not a positive whole number
// DEVICES: error: accelerator 'toy': no device set 'slow'; there are: none
// OVERRIDE: error: accelerator 'toy': no device 'adc_fj' to override; there are: dac_fj
// NONE: error: has no target accelerator and not exactly one to choose from; name one

optical.accelerator @toy clock_ghz 1 {
  optical.device @dac_fj 10.0 unit "fJ" source "none: a test"
  optical.knob @cores = 4 in [2, 4, 8] "cores"
  optical.memory @dram keeps weight, input, output read_fj_per_bit 1
  optical.converter @dac input from digital to optical energy_fj dac_fj
  optical.fanout @lanes x cores over [M] input broadcast
  optical.compute @mac
}
optical.accelerator @other clock_ghz 1 {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}
