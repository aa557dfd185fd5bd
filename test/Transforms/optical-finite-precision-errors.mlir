// RUN: ohas-opt %s --optical-finite-precision='detector-noise=true weight-error=0.1' --split-input-file --verify-diagnostics

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.converter @detector output from optical to digital
  optical.compute @mac
}
func.func @silent(%x: tensor<1x1x3x9x9x1xf32>) -> tensor<1x1x3x9x9x1xf32> {
  // expected-error @below {{has no known noise: the link of "a" does not say its effective bits (enob)}}
  %0 = optical.convert output %x at @a::@detector : tensor<1x1x3x9x9x1xf32>
  return %0 : tensor<1x1x3x9x9x1xf32>
}

// -----

// expected-error @below {{detector noise is asked for, but the accelerator has no converter of outputs from optical}}
module {
  func.func @electronic(%w: tensor<1x1x1x1x1x1xf32>, %x: tensor<1x1x1x1x1x1xf32>,
                        %y: tensor<1x1x1x1x1x1xf32>) {
    %0 = optical.mac %w, %x into %y
        : tensor<1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1xf32> -> tensor<1x1x1x1x1x1xf32>
    return
  }
}

// -----

optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.converter @dac weight from digital to analog
  optical.compute @mac
}
func.func @codes(%x: tensor<1x1x3x9x9x1xi8>) -> tensor<1x1x3x9x9x1xi8> {
  // expected-error @below {{converts weights of 'i8', where weight errors would be rounded away}}
  %0 = optical.convert weight %x at @a::@dac : tensor<1x1x3x9x9x1xi8>
  return %0 : tensor<1x1x3x9x9x1xi8>
}
