//===- OpticalLinkOps.td - Link budgets and requirements ---*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_LINK_OPS
#define OHAS_OPTICAL_LINK_OPS

include "ohas/Optical/OpticalAcceleratorOps.td"

defvar linkExpressions = Expressions<["needs_dbm", "limit_dbm", "enob"]>;

def Optical_LinkOp : Optical_Op<"link", [
    Symbol, NoTerminator, SingleBlock, NoRegionArguments,
    HasParent<"AcceleratorOp">]> {
  let summary = "the optical path with the most loss";
  let description = [{
    Its name stands, in all expressions after it, for the optical power in dBm
    that a laser emits on each wavelength: what the detector needs, plus all
    losses and penalties of the path. A design that needs more than `limit_dbm`
    is infeasible, and so is one whose `needs_dbm` is infinite (no power reaches
    the bits at that rate), which counts as 99 dBm. `enob` are the effective bits
    of what the detector sees at that power, from which
    `optical-finite-precision` has its noise. `ohas-opt --explain-link` prints it
    as a table.

    ```mlir
    optical.accelerator @a {
      optical.knob @rows = 16 in [8, 16, 32]
      optical.device @ring_db 0.95 unit "dB" source "an artifact"
      optical.link @laser_dbm needs_dbm -20 limit_dbm 10 source "section 3" {
        optical.loss "modulator" ring_db
        optical.loss "split over rows" split_db(rows) source "ideal splitters"
        optical.figure "power of a laser" laser_mw(laser_dbm, 0.1) unit "mW"
      }
      optical.memory @dram keeps weight, input, output
      optical.component @laser static_uw 1000 * laser_mw(laser_dbm, 0.1)
      optical.compute @mac
    }
    ```
  }];
  let arguments = !con((ins SymbolNameAttr:$sym_name,
                            OptionalAttr<StrAttr>:$source),
                       linkExpressions.arguments);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = !strconcat("$sym_name oilist(", linkExpressions.clauses,
      " | `source` custom<Required>($source)) attr-dict-with-keyword $body");
  let hasRegionVerifier = 1;
}

def Optical_LossOp : Optical_Op<"loss", [HasParent<"LinkOp">]> {
  let summary = "a loss or penalty of a link, in dB";
  let description = [{
    Not below 0. In the order of the light's way.
    See `optical.link` for an example.
  }];
  let arguments = (ins StrAttr:$name, Optical_ExpressionAttr:$loss_db,
                       OptionalAttr<StrAttr>:$source);
  let assemblyFormat =
      "$name custom<Expression>($loss_db) (`source` $source^)? attr-dict";
}

def Optical_FigureOp : Optical_Op<"figure", [HasParent<"LinkOp">]> {
  let summary = "a number that explains a link";
  let description = [{
    Shown beside the budget, which does not depend on it.
    See `optical.link` for an example.
  }];
  let arguments = (ins StrAttr:$name, Optical_ExpressionAttr:$value,
                       OptionalAttr<StrAttr>:$unit,
                       OptionalAttr<StrAttr>:$source);
  let assemblyFormat = [{
    $name custom<Expression>($value) (`unit` $unit^)? (`source` $source^)? attr-dict
  }];
}

def Optical_RequireOp : Optical_Op<"require", [HasParent<"AcceleratorOp">]> {
  let summary = "a condition without which a design cannot be built";
  let description = [{
    The reason is what a designer reads where the condition does not hold; names
    in braces are replaced by their values.

    ```mlir
    optical.accelerator @a {
      optical.knob @wavelengths = 16 in [8, 16, 32]
      optical.define @channels = ring_crosstalk_channels(4, 8000, 20, 1550)
      optical.require "wavelengths <= channels"
          reason "{wavelengths} wavelengths, but rings tell {channels} apart"
      optical.memory @dram keeps weight, input, output
      optical.compute @mac
    }
    ```
  }];
  let arguments = (ins Optical_ExpressionAttr:$condition, StrAttr:$reason,
                       OptionalAttr<StrAttr>:$source);
  let assemblyFormat = [{
    custom<Expression>($condition) `reason` $reason (`source` $source^)? attr-dict
  }];
}

#endif // OHAS_OPTICAL_LINK_OPS
