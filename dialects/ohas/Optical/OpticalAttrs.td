//===- OpticalAttrs.td - Mapping, cost, design point -------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_ATTRS
#define OHAS_OPTICAL_ATTRS

include "ohas/Optical/OpticalEnums.td"
include "mlir/Dialect/SCF/IR/DeviceMappingInterface.td"
include "mlir/IR/AttrTypeBase.td"

class Optical_Attr<string name, string mnemonic_, list<Trait> traits = []>
    : AttrDef<Optical_Dialect, name, traits> {
  let mnemonic = mnemonic_;
  let hasCustomAssemblyFormat = 1;
}

def Optical_LevelMappingAttr : Optical_Attr<"LevelMapping", "level_mapping", [
    DeclareAttrInterfaceMethods<DeviceMappingAttrInterface>]> {
  let summary = "what one level does in a mapping";
  let description = [{
    A memory keeps tensors and owns temporal loops over everything below it; a
    fan-out owns spatial loops. A kept tensor that `stays` is there as a whole,
    from the operation before or for those after, so that memories above have no
    part in it. A loop is a dim and a bound (tiles or copies),
    outermost first. Usually written inside a `#optical.mapping`; on the loops
    of a mapping that is written out, it names the level of each: of an
    `scf.for` as `optical.level`, of an `scf.forall` as device mapping.

    ```mlir
    module attributes {
      test.example = #optical.level_mapping<@glb keeps input, output stays input [M:8, C:22]>
    } {}
    ```
  }];
  let parameters = (ins
    AttrParameter<"::mlir::StringAttr", "symbol of the level">:$level,
    AttrParameter<"::ohas::cost::TensorSet", "tensors kept">:$kept,
    AttrParameter<"::ohas::cost::TensorSet", "of these, those that stay">:$resident,
    ArrayRefParameter<"::ohas::cost::Loop", "loops, outermost first">:$loops);
  let genVerifyDecl = 1;
}

def Optical_MappingAttr : Optical_Attr<"Mapping", "mapping"> {
  let summary = "how a contraction runs on the levels of an accelerator";
  let description = [{
    Names the accelerator and those of its levels that do something, outermost
    first. Levels left out keep nothing and have no loops. Bounds of a dim
    multiply over the levels to at least its size; they need not divide it.

    Where it is attached to a contraction it is verified against both: levels
    exist and stand in the accelerator's order, memories can keep what they
    keep, loops are on memories and fan-outs that accept the dim, and the bounds
    cover every dim.

    ```mlir
    module attributes {
      test.example = #optical.mapping<@a, [@dram keeps weight, input, output [P:4],
                                      @cores [M:8]]>
    } {}
    ```
  }];
  let parameters = (ins
    AttrParameter<"::mlir::FlatSymbolRefAttr", "the accelerator">:$accelerator,
    ArrayRefParameter<"::ohas::optical::LevelMappingAttr",
                      "levels, outermost first">:$levels);
  let genVerifyDecl = 1;
}

def Optical_CostAttr : Optical_Attr<"Cost", "cost"> {
  let summary = "latency and energy of an operation";
  let description = [{
    Integers with the unit in the name. `breakdown` names what the energy is
    spent on, in fJ, and sums to `energy_fj` exactly. `bound_by` is the level
    that sets the latency, where one does.

    ```mlir
    module attributes {
      test.example = #optical.cost<latency_ps = 200, energy_fj = 75, cycles = 1,
                              macs = 27, bound_by = "dram",
                              breakdown = {dram = 70, dac = 5}>
    } {}
    ```
  }];
  let parameters = (ins
    "int64_t":$latencyPs, "int64_t":$energyFj, "int64_t":$cycles,
    "int64_t":$macs, OptionalParameter<"::mlir::StringAttr">:$boundBy,
    OptionalParameter<"::mlir::DictionaryAttr">:$breakdown);
  let genVerifyDecl = 1;
}

def Optical_DesignPointAttr : Optical_Attr<"DesignPoint", "design_point"> {
  let summary = "chosen knobs, device set and device values";
  let description = [{
    What a user or a search chose of an accelerator: values of knobs (the others
    keep their defaults), the device set, and device values that replace those
    of the set.

    ```mlir
    module attributes {
      test.example = #optical.design_point<knobs = {plcg = 27},
                                      devices = "moderate",
                                      overrides = {ring_uw = 388.5}>
    } {}
    ```
  }];
  let parameters = (ins
    OptionalParameter<"::mlir::DictionaryAttr", "knob values">:$knobs,
    OptionalParameter<"::mlir::StringAttr", "name of the device set">:$devices,
    OptionalParameter<"::mlir::DictionaryAttr", "device values">:$overrides);
  let genVerifyDecl = 1;
}

#endif // OHAS_OPTICAL_ATTRS
