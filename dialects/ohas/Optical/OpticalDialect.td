//===- OpticalDialect.td - The optical dialect -------------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_DIALECT
#define OHAS_OPTICAL_DIALECT

include "mlir/IR/OpBase.td"

def Optical_Dialect : Dialect {
  let name = "optical";
  let cppNamespace = "::ohas::optical";
  let summary = "Optical accelerators and the networks that run on them.";
  let description = [{
    Two halves meet in this dialect.

    *Accelerators* are described by `optical.accelerator`: a nest of levels
    (memories, converters, fan-outs, components and the compute level at the
    innermost place), outermost first, beside the knobs a search may turn, the
    device numbers with their sources, and the accounting of the publication
    that introduced the design. Numbers are expressions over knobs, devices and
    definitions; they are kept as text and evaluated for a design point.

    *Networks* are value-semantic tensor code: `optical.conv`,
    `optical.conv_transpose` and `optical.matmul` are the contractions that
    light can do, `optical.electronic` is everything else. A contraction may
    carry a `#optical.mapping` to the levels of an accelerator; any operation
    may carry an `#optical.cost`.

    An expression is written without quotes when it is made of numbers, names,
    calls, parentheses and `+ - * /`; comparisons, `%` and logic need quotes.

    Discardable attributes that the dialect verifies:

    | Attribute            | On         | Value                                |
    |----------------------|------------|--------------------------------------|
    | `optical.target`     | a module   | symbol of the accelerator to run on  |
    | `optical.cost`       | any op     | `#optical.cost`, of one execution    |
    | `optical.total_cost` | a module   | `#optical.cost`, of one inference    |
    | `optical.level`      | `scf.for`  | `#optical.level_mapping` of the one loop that it is |
    | `optical.trip_count` | scf loops  | how often it runs, if not static     |
    | `optical.proven_optimal` | a mapped contraction | unit: `optical-map` proved that no mapping is better for its objective |
    | `optical.bound_gap`  | a module   | f64, 1 or more: `optical-map` proved that no mappings have an objective of the network that is less by more than this ratio |
  }];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::tensor::TensorDialect"]; // constants and tiles
}

class Optical_Op<string mnemonic, list<Trait> traits = []>
    : Op<Optical_Dialect, mnemonic, traits>;

#endif // OHAS_OPTICAL_DIALECT
