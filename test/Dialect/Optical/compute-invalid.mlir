// RUN: ohas-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<1x64x8x8xf32>, %w: tensor<8x32x3x3xf32>) {
  // expected-error @+1 {{'optical.conv' op input has 64 channels, but the weight takes 32 x 1 (group)}}
  %0 = optical.conv %x, %w : (tensor<1x64x8x8xf32>, tensor<8x32x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x64x8x8xf32>, %w: tensor<9x32x3x3xf32>) {
  // expected-error @+1 {{9 output channels do not divide into 2 groups}}
  %0 = optical.conv %x, %w group 2 : (tensor<1x64x8x8xf32>, tensor<9x32x3x3xf32>) -> tensor<1x9x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{input has rank 2, expected 3 to 5 (batch, channels and 1 to 3 axes)}}
  %0 = optical.conv %x, %w : (tensor<1x4xf32>, tensor<8x4xf32>) -> tensor<1x8xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{weight has rank 3, the input has rank 4}}
  %0 = optical.conv %x, %w : (tensor<1x4x8x8xf32>, tensor<8x4x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{strides has 1 entries, expected 2}}
  %0 = optical.conv %x, %w strides [2] : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{dilations has the entry 0, the least is 1}}
  %0 = optical.conv %x, %w dilations [1, 0] : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{pads has 2 entries, expected 4}}
  %0 = optical.conv %x, %w pads [1, 1] : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{pads has the entry -1, the least is 0}}
  %0 = optical.conv %x, %w pads [0, 0, 0, -1] : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{group is 0, the least is 1}}
  %0 = optical.conv %x, %w group 0 : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x2xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{kernel spans 5 along axis 1, but the padded input has 4}}
  %0 = optical.conv %x, %w dilations [1, 2] pads [0, 1, 0, 1] : (tensor<1x4x8x2xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{axis 0 exceeds the range of 64 bits}}
  %0 = optical.conv %x, %w pads [9223372036854775807, 1] : (tensor<1x4x8xf32>, tensor<8x4x3xf32>) -> tensor<1x8x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{result dim 3 is 5, expected 6}}
  %0 = optical.conv %x, %w : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x5xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{result has rank 3, expected 4}}
  %0 = optical.conv %x, %w : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{attribute 'weight_bits' failed to satisfy constraint}}
  %0 = optical.conv %x, %w weight_bits 0 : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<1x8x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x8x4x4xf32>, %w: tensor<6x4x2x2xf32>) {
  // expected-error @+1 {{'optical.conv_transpose' op input has 8 channels, but the weight takes 6}}
  %0 = optical.conv_transpose %x, %w : (tensor<1x8x4x4xf32>, tensor<6x4x2x2xf32>) -> tensor<1x4x5x5xf32>
  return
}

// -----

func.func @f(%x: tensor<1x8x4x4xf32>, %w: tensor<8x4x2x2xf32>) {
  // expected-error @+1 {{8 input channels do not divide into 3 groups}}
  %0 = optical.conv_transpose %x, %w group 3 : (tensor<1x8x4x4xf32>, tensor<8x4x2x2xf32>) -> tensor<1x12x5x5xf32>
  return
}

// -----

func.func @f(%x: tensor<1x8x4xf32>, %w: tensor<8x4x2xf32>) {
  // expected-error @+1 {{pads leave nothing of the 5 positions along axis 0}}
  %0 = optical.conv_transpose %x, %w pads [3, 2] : (tensor<1x8x4xf32>, tensor<8x4x2xf32>) -> tensor<1x4x1xf32>
  return
}

// -----

func.func @f(%x: tensor<1x8x4xf32>, %w: tensor<8x4x2xf32>) {
  // expected-error @+1 {{output_padding has 2 entries, expected 1}}
  %0 = optical.conv_transpose %x, %w output_padding [0, 0] : (tensor<1x8x4xf32>, tensor<8x4x2xf32>) -> tensor<1x4x5xf32>
  return
}

// -----

func.func @f(%x: tensor<1x8x4611686018427387904xf32>, %w: tensor<8x4x2xf32>) {
  // expected-error @+1 {{axis 0 exceeds the range of 64 bits}}
  %0 = optical.conv_transpose %x, %w strides [4] : (tensor<1x8x4611686018427387904xf32>, tensor<8x4x2xf32>) -> tensor<1x4x5xf32>
  return
}

// -----

func.func @f(%a: tensor<8xf32>, %b: tensor<8x4xf32>) {
  // expected-error @+1 {{'optical.matmul' op left operand has rank 1, the least is 2}}
  %0 = optical.matmul %a, %b : (tensor<8xf32>, tensor<8x4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @f(%a: tensor<3x8xf32>, %b: tensor<8x4xf32>) {
  // expected-error @+1 {{inner dims differ: 8 columns on the left, 4 rows on the right}}
  %0 = optical.matmul %a, %b transpose_rhs : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3x8xf32>, %b: tensor<3x8x4xf32>) {
  // expected-error @+1 {{batch dims do not broadcast: 2 on the left, 3 on the right}}
  %0 = optical.matmul %a, %b : (tensor<2x3x8xf32>, tensor<3x8x4xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @f(%a: tensor<3x8xf32>, %b: tensor<8x4xf32>) {
  // expected-error @+1 {{result dim 1 is 8, expected 4}}
  %0 = optical.matmul %a, %b : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x8xf32>
  return
}

// -----

func.func @f(%a: tensor<*xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of floating-point or integer values}}
  %0 = "optical.matmul"(%a, %a) : (tensor<*xf32>, tensor<*xf32>) -> tensor<3x8xf32>
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{'optical.electronic' op needs the name of the operation}}
  optical.electronic ""() class other : () -> ()
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{unexpected 'relu'; expected one of shape, movement, elementwise, activation, softmax, normalization, pooling, reduction, quantization, control, other}}
  optical.electronic "onnx.Relu"() class relu : () -> ()
  return
}
