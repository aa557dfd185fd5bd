"""Makes what precision.test runs, and judges what it reports.

    precision.py make NAME > network.mlir
    precision.py judge report.json
    precision.py agree report.json
    precision.py agree_but_skipped report.json
    precision.py converters report.json
    precision.py counts report.json estimate.json
    precision.py held report.json
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


def pooled():
    """A mean over positions, which share their weights' errors."""
    return """
func.func @main(%x: tensor<1x4x18x18xf32>) -> tensor<1x64x1x1xf32> {
  %w = arith.constant dense_resource<"w"> : tensor<64x4x3x3xf32>
  %0 = optical.conv %x, %w
      : (tensor<1x4x18x18xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x16x16xf32>
  %1 = optical.electronic "onnx.GlobalAveragePool"(%0) class pooling opset 17
      : (tensor<1x64x16x16xf32>) -> tensor<1x64x1x1xf32>
  return %1 : tensor<1x64x1x1xf32>
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


def narrow(element):
    """Narrow floats."""
    return perceptron().replace("f32", element)


def numbers(count, least, most):
    """Whole numbers that look random."""
    state, text = 1, []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        text.append(str(least + (state >> 8) % (most - least + 1)))
    return ", ".join(text)


def integers():
    """Codes with zero points, which are taken off the sums electronically."""
    return f"""
<ir_version: 8, opset_import: [ "" : 17 ]>
integers (uint8[32, 24] x) => (int32[32, 40] y)
<uint8 x_zero = {{60}}, int8 w_zero = {{3}},
 int8[24, 40] w = {{{numbers(24 * 40, -100, 100)}}}>
{{
  y = MatMulInteger(x, w, x_zero, w_zero)
}}
"""


def codes():
    """A quantised network that computes in floats: scales times codes."""
    return f"""
<ir_version: 8, opset_import: [ "" : 17 ]>
codes (float[32, 24] x) => (float[32, 16] y)
<float x_scale = {{0.0137}}, uint8 x_zero = {{90}},
 float w_scale = {{0.0071}}, int8 w_zero = {{0}},
 float h_scale = {{0.0553}}, uint8 h_zero = {{128}},
 int8[24, 40] w0 = {{{numbers(24 * 40, -128, 127)}}},
 int8[40, 16] w1 = {{{numbers(40 * 16, -100, 100)}}}>
{{
  xq = QuantizeLinear(x, x_scale, x_zero)
  xf = DequantizeLinear(xq, x_scale, x_zero)
  w0f = DequantizeLinear(w0, w_scale, w_zero)
  h = MatMul(xf, w0f)
  hq = QuantizeLinear(h, h_scale, h_zero)
  hf = DequantizeLinear(hq, h_scale, h_zero)
  w1f = DequantizeLinear(w1, w_scale, w_zero)
  y = MatMul(hf, w1f)
}}
"""


def control():
    """A layer that runs three times, and one that does not."""
    return f"""
<ir_version: 8, opset_import: [ "" : 17 ]>
control (float[32, 24] x, bool taken) => (float[32, 24] y)
<int64 count = {{3}}, bool yes = {{1}}, float scale = {{0.0019}},
 int8 zero = {{0}}, int8[24, 24] codes = {{{numbers(24 * 24, -100, 100)}}}>
{{
  w_even = DequantizeLinear(codes, scale, zero)
  w = Sin(w_even)
  h = Loop(count, yes, x) <body = step (int64 i, bool on, float[32, 24] in)
      => (bool go, float[32, 24] out) {{
    go = Identity(on)
    product = MatMul(in, w)
    out = Tanh(product)
  }}>
  y = If(taken) <then_branch = apply () => (float[32, 24] a) {{
    a = MatMul(h, w)
  }}, else_branch = keep () => (float[32, 24] b) {{
    b = Identity(h)
  }}>
}}
"""


def agree(path, skipped=False):
    """Noise makes it worse, as the formula says it does; layers that did not run, if
    there may be any, have no number."""
    with open(path) as file:
        layers = json.load(file)["runs"][0]["layers"]
    for layer in layers:
        print(f"{layer['name']}: {layer['outputs']:.0f} outputs")
        if skipped and not layer["outputs"]:
            continue
        apart = layer["formula_db"] - layer["sqnr_db"]
        print(f"  {layer['sqnr_db']:.2f} dB, formula {apart:+.2f}")
        if abs(apart) > 1:
            return 1
    return 0


def agree_but_skipped(path):
    return agree(path, skipped=True)


def converters(path):
    """What operands' converters did, of the first run."""
    with open(path) as file:
        run = json.load(file)["runs"][0]
    for layer in run["layers"]:
        for each in layer["converters"]:
            if each["tensor"] != "output":
                print(
                    f"{each['tensor']} step {each['step']:.4g} low {each['low']:.4g} "
                    f"off {each['off_levels']:.0f} of {each['nonzeros']:.0f}"
                )
        print(f"layer {layer['sqnr_db']:.6f} output {run['outputs'][0]['sqnr_db']:.6f}")
    return 0


def held(path):
    """The output is as noisy as the layer."""
    with open(path) as file:
        run = json.load(file)["runs"][0]
    layer, output = run["layers"][0]["sqnr_db"], run["outputs"][0]["sqnr_db"]
    print(f"{layer:.2f} dB, output {output:.2f} dB")
    return output > layer + 6


def counts(path, estimate):
    """Outputs are converted as often as the cost model counts, weights too but
    that copies share them, and inputs share what windows have in common."""
    with open(path) as file:
        layers = json.load(file)["runs"][0]["layers"]
    with open(estimate) as file:
        counted = [layer["counts"] for layer in json.load(file)["layers"]
                   if "counts" in layer]
    apart = 0
    for layer, count in zip(layers, counted, strict=True):
        for each in layer["converters"]:
            if each["tensor"] == "input":
                continue
            wanted = count[each["level"]][each["tensor"]]["conversions"]
            print(f"{layer['name']}: {each['level']} {wanted} and {each['elements']:.0f}")
            if each["tensor"] == "output":
                apart += wanted != each["elements"]
            else:
                apart += wanted % each["elements"] != 0
    return apart


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
    networks = {
        "convolutions": convolutions,
        "attention": attention,
        "pooled": pooled,
        "perceptron": perceptron,
        "bf16": lambda: narrow("bf16"),
        "f16": lambda: narrow("f16"),
        "bank": lambda: "",
    }
    models = {"integers": integers, "codes": codes, "control": control}
    name = sys.argv[2]
    print(models[name]() if name in models else HEADER + networks[name]())
else:
    judges = {
        "judge": judge,
        "agree": agree,
        "agree_but_skipped": agree_but_skipped,
        "converters": converters,
        "counts": counts,
        "held": held,
    }
    sys.exit(1 if judges[sys.argv[1]](*sys.argv[2:]) else 0)
