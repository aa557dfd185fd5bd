"""Makes what precision.test runs, and judges what it reports.

    precision.py make NAME > network.mlir
    precision.py judge report.json
    precision.py agree report.json
"""

import json
import sys

HEADER = """
optical.accelerator @bank clock_ghz 5 weight_bits 8 input_bits 8 output_bits 8 {
  optical.link @laser_dbm needs_dbm -20 enob 9 {
  }
  optical.memory @dram keeps weight, input, output
  optical.memory @buffer keeps output must output
  optical.converter @input_dac input from digital to analog
  optical.converter @adc output from analog to digital
  optical.fanout @rows x 8 over [M] input broadcast
  optical.converter @detector output from optical to analog
  optical.converter @weight_dac weight from digital to analog
  optical.fanout @wavelengths x 12 over [C, R, S, T] output sum wired
  optical.compute @ring
}
"""


def convolutions():
    """Three layers, the second grouped and with a stride."""
    return """
func.func @main(%x: tensor<1x16x17x17xf32>) -> tensor<1x32x9x9xf32> {
  %w0 = arith.constant dense_resource<"w0"> : tensor<32x16x3x3xf32>
  %w1 = arith.constant dense_resource<"w1"> : tensor<32x8x3x3xf32>
  %w2 = arith.constant dense_resource<"w2"> : tensor<32x32x1x1xf32>
  %0 = optical.conv %x, %w0 pads [1, 1, 1, 1]
      : (tensor<1x16x17x17xf32>, tensor<32x16x3x3xf32>) -> tensor<1x32x17x17xf32>
  %1 = optical.electronic "onnx.Relu"(%0) class activation opset 17
      : (tensor<1x32x17x17xf32>) -> tensor<1x32x17x17xf32>
  %2 = optical.conv %1, %w1 pads [1, 1, 1, 1] strides [2, 2] group 4
      : (tensor<1x32x17x17xf32>, tensor<32x8x3x3xf32>) -> tensor<1x32x9x9xf32>
  %3 = optical.conv %2, %w2
      : (tensor<1x32x9x9xf32>, tensor<32x32x1x1xf32>) -> tensor<1x32x9x9xf32>
  return %3 : tensor<1x32x9x9xf32>
}
"""


def attention():
    """Products of activations, in a batch."""
    return """
func.func @main(%q: tensor<4x24x16xf32>, %k: tensor<4x16x24xf32>,
                %v: tensor<4x24x16xf32>) -> tensor<4x24x16xf32> {
  %0 = optical.matmul %q, %k
      : (tensor<4x24x16xf32>, tensor<4x16x24xf32>) -> tensor<4x24x24xf32>
  %1 = optical.electronic "onnx.Softmax"(%0) class softmax opset 17
      attributes {axis = -1 : i64}
      : (tensor<4x24x24xf32>) -> tensor<4x24x24xf32>
  %2 = optical.matmul %1, %v
      : (tensor<4x24x24xf32>, tensor<4x24x16xf32>) -> tensor<4x24x16xf32>
  return %2 : tensor<4x24x16xf32>
}
"""


def perceptron():
    return """
func.func @main(%x: tensor<64x48xf32>) -> tensor<64x40xf32> {
  %w0 = arith.constant dense_resource<"w0"> : tensor<48x64xf32>
  %w1 = arith.constant dense_resource<"w1"> : tensor<64x40xf32>
  %0 = optical.matmul %x, %w0
      : (tensor<64x48xf32>, tensor<48x64xf32>) -> tensor<64x64xf32>
  %1 = optical.electronic "onnx.Relu"(%0) class activation opset 17
      : (tensor<64x64xf32>) -> tensor<64x64xf32>
  %2 = optical.matmul %1, %w1
      : (tensor<64x64xf32>, tensor<64x40xf32>) -> tensor<64x40xf32>
  return %2 : tensor<64x40xf32>
}
"""


def half():
    """Narrow floats."""
    return perceptron().replace("f32", "bf16")


def agree(path):
    """Noise makes it worse, as the formula says it does."""
    with open(path) as file:
        run = json.load(file)["runs"][0]
    for layer in run["layers"]:
        apart = layer["formula_db"] - layer["sqnr_db"]
        print(f"{layer['name']}: {layer['sqnr_db']:.2f} dB, formula {apart:+.2f}")
        if abs(apart) > 1:
            return 1
    return 0


def judge(path):
    """Runs are of 8, 10, 12, 14 and 16 bits."""
    with open(path) as file:
        runs = json.load(file)["runs"]
    failed = 0

    def expect(holds, what):
        nonlocal failed
        if not holds:
            failed += 1
            print("wrong:", what)

    db = {run["bits"]: run["outputs"][0]["sqnr_db"] for run in runs}
    expect(sorted(db) == [8, 10, 12, 14, 16], f"bits {sorted(db)}")
    expect(db[16] >= 60, f"{db[16]:.2f} dB at 16 bits")
    slope = (db[14] - db[8]) / 6
    expect(abs(slope - 6.0) <= 0.3, f"{slope:.2f} dB a bit")
    for run in runs:
        for layer in run["layers"]:
            apart = layer["formula_db"] - layer["sqnr_db"]
            expect(
                abs(apart) <= 1,
                f"formula for {layer['name']} at {run['bits']} bits: {apart:+.2f} dB",
            )
            expect(len(layer["converters"]) >= 3, f"{layer['name']} lacks converters")
    print(
        f"{len(runs[0]['layers'])} layers, {db[16]:.2f} dB at 16 bits, "
        f"{slope:.2f} dB a bit, {failed} wrong"
    )
    return failed


if sys.argv[1] == "make":
    print(HEADER + {"convolutions": convolutions, "attention": attention,
                    "perceptron": perceptron, "half": half}[sys.argv[2]]())
elif sys.argv[1] == "agree":
    sys.exit(agree(sys.argv[2]))
else:
    sys.exit(1 if judge(sys.argv[2]) else 0)
