//===- Passes.td - Passes on optical IR -------------------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_TRANSFORMS_PASSES
#define OHAS_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

def ConfigureAccelerator
    : Pass<"optical-configure-accelerator", "mlir::ModuleOp"> {
  let summary = "Choose the accelerator, its knobs and its devices";
  let description = [{
    Brings an accelerator into the module and makes it the target. It is either
    one of the module's own `optical.accelerator` symbols, a shipped one
    (`ohas-opt --list-accelerators`), or the one in a `.mlir` file. Without the
    option the module's target stays; a module without a target and with one
    accelerator takes that.

    The design point (knob values, device set, device overrides) is stored on
    the accelerator, checked against its declarations. Mappings made for
    another design point and all costs are dropped: they would be stale. A
    mapping of this very design stays.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-configure-accelerator{knobs=cores=8})'
    optical.accelerator @toy clock_ghz 1 {
      optical.knob @cores = 4 in [2, 4, 8] "cores"
      optical.memory @dram keeps weight, input, output
      optical.fanout @lanes x cores over [M] input broadcast
      optical.compute @mac
    }
    // CHECK: optical.target = @toy
    // CHECK: configured <knobs = {cores = 8}>
    ```
  }];
  let options = [
    Option<"accelerator", "accelerator", "std::string", /*default=*/"",
           "Symbol in the module, name of a shipped accelerator, or .mlir file">,
    ListOption<"knobs", "knobs", "std::string",
               "Knob values, as name=value">,
    Option<"devices", "devices", "std::string", /*default=*/"",
           "Device set; the accelerator's first if empty">,
    ListOption<"overrides", "overrides", "std::string",
               "Device values that replace the set's, as name=value">
  ];
  let dependentDialects = ["ohas::optical::OpticalDialect"];
}

def MapContractions : Pass<"optical-map", "mlir::ModuleOp"> {
  let summary = "Map every convolution and matrix product onto the accelerator";
  let description = [{
    Gives each contraction of the module a mapping onto `optical.target`: which
    memory keeps which tensor, tiles and loop order per memory, and the spatial
    split over cores, rows, columns and wavelengths. Contractions that have a
    mapping keep it. Equal layers are mapped once. For the objectives edp and
    ed2p the sums over the network count, so that one layer may give up energy
    where another gains more time.

    The mapper is `ohas::search::findMapping` (docs/Search.md); a contraction
    that cannot run (operands wider than the accelerator's, no mapping within
    the memories' capacities) is an error at its location.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=albireo}, optical-map)'
    func.func @layer(%x: tensor<1x64x56x56xf32>) -> tensor<1x64x56x56xf32> {
      %w = arith.constant dense_resource<"conv1.weight"> : tensor<64x64x3x3xf32>
      %0 = optical.conv %x, %w pads [1, 1, 1, 1]
          : (tensor<1x64x56x56xf32>, tensor<64x64x3x3xf32>)
          -> tensor<1x64x56x56xf32>
      return %0 : tensor<1x64x56x56xf32>
    }
    // CHECK: optical.conv %{{.*}} mapping <@albireo, [@dram keeps weight, input, output
    ```
  }];
  let options = [
    Option<"objective", "objective", "std::string", /*default=*/"\"edp\"",
           "What is minimised: edp, energy, latency or ed2p, or two of them: "
           "latency,energy is the least energy of the fastest">,
    Option<"budget", "budget", "uint64_t", /*default=*/"2000",
           "Mappings evaluated per distinct layer, at most">,
    Option<"proofBudget", "proof-budget", "uint64_t", /*default=*/"5000",
           "Work of improving and proving a mapping, in nodes; 0 for none">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0",
           "Seed of the mapper's random moves">,
    Option<"proveNetwork", "prove-network", "bool", /*default=*/"false",
           "Look for mappings that the network's sums gain most from, and prove "
           "how much better any could be (optical.bound_gap)">
  ];
  let dependentDialects = ["ohas::optical::OpticalDialect"];
}

def TileContractions : Pass<"optical-tile", "mlir::ModuleOp"> {
  let summary = "Write mappings out as loops around multiply-accumulates";
  let description = [{
    Each mapped contraction becomes one `optical.mac` on tensors of its canonical
    dims, inside loops that mirror the levels of the accelerator, outermost
    first:

    - a memory fetches a tile of each tensor that it keeps (`optical.fetch`) and
      has an `scf.for` for each of its loops. Sums of an output tile begin at
      zero and are added to those of the memory above (`optical.sum`);
    - a converter converts what crosses its place (`optical.convert`);
    - a fan-out is an `scf.forall` whose device mapping names it. Copies that
      work on the same sums have partial results, which an `optical.sum` adds.

    Tiles are cut off at the end of a dim, and copies beyond it do not run. Zero
    padding is written out. What is computed does not change, and neither does
    the cost: `optical-annotate-cost` finds workload and mapping in the loops.
    A contraction without a mapping stays as it is.

    With `integrator-drains`, loops that an integrator sums over are divided as its
    sums leave, after `accumulate_limit` steps and where outputs change, for
    conversions to be where they are counted; the loops are then no longer those of
    the mapping.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-tile)'
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.converter @dac input from digital to optical
      optical.fanout @taps x 4 over [C] output sum wired
      optical.compute @mac
    }
    func.func @layer(%x: tensor<8x4xf32>, %w: tensor<4x16xf32>)
        -> tensor<8x16xf32> {
      %0 = optical.matmul %x, %w
          mapping <@a, [@dram keeps weight, input, output [M:16, P:8], @taps [C:4]]>
          : (tensor<8x4xf32>, tensor<4x16xf32>) -> tensor<8x16xf32>
      return %0 : tensor<8x16xf32>
    }
    // CHECK: optical.fetch output %{{.*}} at @a::@dram
    // CHECK: scf.for
    // CHECK: optical.convert input %{{.*}} at @a::@dac
    // CHECK: scf.forall
    // CHECK: optical.mac
    // CHECK: mapping = [#optical.level_mapping<@taps [C:4]>]
    // CHECK: optical.sum %{{.*}} into %{{.*}} at @a::@taps
    // CHECK: } {optical.level = #optical.level_mapping<@dram [P:8]>}
    ```
  }];
  let options = [
    Option<"integratorDrains", "integrator-drains", "bool", /*default=*/"false",
           "Divide the loops of integrators as their sums leave">
  ];
  let dependentDialects = [
    "mlir::affine::AffineDialect", "mlir::arith::ArithDialect",
    "mlir::linalg::LinalgDialect", "mlir::scf::SCFDialect",
    "mlir::tensor::TensorDialect", "ohas::optical::OpticalDialect"];
}

def ProbePrecision : Pass<"optical-probe-precision", "mlir::ModuleOp"> {
  let summary = "Compare every mapped contraction with what ideal optics compute";
  let description = [{
    Before `optical-tile`: beside each mapped contraction, the same without a
    mapping, and into a buffer of the module (`ohas/Transforms/Precision.h`) the
    energy of the ideal result, that of the difference, and what the analytic
    formula of the noise needs (`ohas::cost::LayerPrecision`). The contraction is
    numbered, so that its converters are known as its own.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-probe-precision)'
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.compute @mac
    }
    func.func @layer(%x: tensor<8x4xf32>, %w: tensor<4x16xf32>)
        -> tensor<8x16xf32> {
      %0 = optical.matmul %x, %w
          mapping <@a, [@dram keeps weight, input, output [M:16, P:8, C:4]]>
          : (tensor<8x4xf32>, tensor<4x16xf32>) -> tensor<8x16xf32>
      return %0 : tensor<8x16xf32>
    }
    // CHECK: memref.global @ohas.layer0 : memref<8xf64>
    // CHECK: %[[STATE:.*]] = memref.get_global @ohas.layer0
    // CHECK: optical.matmul %{{.*}}, %{{.*}} mapping
    // CHECK: optical.matmul %{{.*}}, %{{.*}} :
    // CHECK: memref.atomic_rmw addf %{{.*}}, %[[STATE]]
    ```
  }];
  let dependentDialects = [
    "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
    "mlir::math::MathDialect", "mlir::memref::MemRefDialect",
    "mlir::tensor::TensorDialect"];
}

def FinitePrecision : Pass<"optical-finite-precision", "mlir::ModuleOp"> {
  let summary = "Give converters their resolution, and light its noise";
  let description = [{
    After `optical-tile`: each `optical.convert` to or from digital becomes a
    quantiser of the converter's `bits`, or, where it has none, of those that the
    accelerator gives its tensor. Quantisers of operands are DACs, those of
    partial sums ADCs, where the mapping has them. Levels are evenly spaced
    multiples of a step, which a buffer of the module holds for each converter
    (`ohas/Transforms/Precision.h`): while the step is 0 nothing changes, and
    the range of what passes is noted, so that a first run calibrates a second
    one (`ohas-opt --run --finite-precision`). Integer operands are codes, which
    pass unchanged; whoever runs the code looks whether the converter has as many
    bits. Operands are converted where their tile changes, outside of the loops
    that it does not depend on.

    `detector-noise` adds to all sums that are `from optical` what the `enob` of
    the accelerator's link says of the light of one product; `weight-error` an error to each weight that is
    converted. Both are normally distributed, and the same for the same seed.

    Operands of bit-sliced accelerators are quantised as a whole, and so are sums,
    with the step of an ADC that reads the upper slices: those of the lower ones
    are smaller by the value of their place, and left out.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-finite-precision)'
    optical.accelerator @a input_bits 6 {
      optical.memory @dram keeps weight, input, output
      optical.converter @dac input from digital to analog
      optical.compute @mac
    }
    func.func @cross(%x: tensor<1x1x3x9x9x1xf32>) -> tensor<1x1x3x9x9x1xf32> {
      %0 = optical.convert input %x at @a::@dac : tensor<1x1x3x9x9x1xf32>
      return %0 : tensor<1x1x3x9x9x1xf32>
    }
    // CHECK: memref.global @ohas.converter0 : memref<12xf64> = dense<0.0{{.*}}>
    // CHECK-SAME: ohas.converter = {bits = 6 : i64, level = @a::@dac, tensor = "input"}
    // CHECK: memref.atomic_rmw maxnumf
    // CHECK: math.roundeven
    ```
  }];
  let options = [
    Option<"detectorNoise", "detector-noise", "bool", /*default=*/"false",
           "Add the noise of detectors, from the link budget">,
    Option<"weightError", "weight-error", "double", /*default=*/"0",
           "Standard deviation of what weights become, over the largest">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0",
           "Of the noise and the errors">
  ];
  let dependentDialects = [
    "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
    "mlir::math::MathDialect", "mlir::memref::MemRefDialect",
    "mlir::tensor::TensorDialect"];
}

def AnnotateCost : Pass<"optical-annotate-cost", "mlir::ModuleOp"> {
  let summary = "Annotate every operation with its latency and energy";
  let description = [{
    Sets `optical.cost` on each mapped contraction and each electronic
    operation, for one execution, and `optical.total_cost` on the module, where
    operations in loops count as often as they run. The figures are those of
    `ohas::CostAnalysis` (docs/CostModel.md): integers in the unit of their
    name, with a breakdown by component that sums exactly.

    `reading=published` uses the accelerator's own accounting instead of a
    mapping, where its file carries one. Electronic work has no part in it.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-configure-accelerator{accelerator=albireo}, optical-annotate-cost{reading=published})'
    func.func @layer(%x: tensor<1x4096xf32>) -> tensor<1x4096xf32> {
      %w = arith.constant dense_resource<"fc.weight"> : tensor<4096x4096xf32>
      %0 = optical.matmul %x, %w
          : (tensor<1x4096xf32>, tensor<4096x4096xf32>) -> tensor<1x4096xf32>
      return %0 : tensor<1x4096xf32>
    }
    // CHECK: optical.total_cost = #optical.cost<latency_ps = 2761682
    // CHECK: optical.matmul %{{.*}} {optical.cost = #optical.cost<
    ```
  }];
  let options = [
    Option<"reading", "reading", "std::string", /*default=*/"\"mapped\"",
           "mapped: counts of the mapping; otherwise the name of an "
           "accounting of the accelerator, such as published">
  ];
  let dependentDialects = ["ohas::optical::OpticalDialect"];
}

#endif // OHAS_TRANSFORMS_PASSES
