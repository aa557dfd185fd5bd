//===- OpticalEnums.td - Enumerations of the dialect -------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values and spellings equal those of the enumerations in ohas/CostModel.
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_ENUMS
#define OHAS_OPTICAL_ENUMS

include "ohas/Optical/OpticalDialect.td"
include "mlir/IR/EnumAttr.td"

class Optical_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::ohas::optical";
  let genSpecializedAttr = 0;
}

def Optical_Tensor : Optical_Enum<"Tensor", "tensor of a contraction", [
  I32EnumAttrCase<"Weight", 0, "weight">,
  I32EnumAttrCase<"Input", 1, "input">,
  I32EnumAttrCase<"Output", 2, "output">,
]>;
def Optical_TensorAttr : EnumAttr<Optical_Dialect, Optical_Tensor, "tensor">;

def Optical_Domain : Optical_Enum<"Domain", "form in which a value travels", [
  I32EnumAttrCase<"Digital", 0, "digital">,
  I32EnumAttrCase<"Analog", 1, "analog">,
  I32EnumAttrCase<"Optical", 2, "optical">,
]>;
def Optical_DomainAttr : EnumAttr<Optical_Dialect, Optical_Domain, "domain">;

def Optical_FanoutMode : Optical_Enum<"FanoutMode",
    "how the copies of a fan-out see a tensor", [
  I32EnumAttrCase<"Private", 0, "private">,
  I32EnumAttrCase<"Broadcast", 1, "broadcast">,
  I32EnumAttrCase<"Window", 2, "window">,
  I32EnumAttrCase<"Sum", 3, "sum">,
]>;
def Optical_FanoutModeAttr
    : EnumAttr<Optical_Dialect, Optical_FanoutMode, "fanout_mode">;

def Optical_Duty : Optical_Enum<"Duty", "when a static power is paid", [
  I32EnumAttrCase<"PerCount", 0, "per_count">,
  I32EnumAttrCase<"PerStep", 1, "per_step">,
  I32EnumAttrCase<"Always", 2, "always">,
]>;
def Optical_DutyAttr : EnumAttr<Optical_Dialect, Optical_Duty, "duty">;

def Optical_OperationClass : Optical_Enum<"OperationClass",
    "what a vector unit does for an electronic operation", [
  I32EnumAttrCase<"Shape", 0, "shape">,
  I32EnumAttrCase<"Movement", 1, "movement">,
  I32EnumAttrCase<"Elementwise", 2, "elementwise">,
  I32EnumAttrCase<"Activation", 3, "activation">,
  I32EnumAttrCase<"Softmax", 4, "softmax">,
  I32EnumAttrCase<"Normalization", 5, "normalization">,
  I32EnumAttrCase<"Pooling", 6, "pooling">,
  I32EnumAttrCase<"Reduction", 7, "reduction">,
  I32EnumAttrCase<"Quantization", 8, "quantization">,
  I32EnumAttrCase<"Control", 9, "control">,
  I32EnumAttrCase<"Other", 10, "other">,
]>;
def Optical_OperationClassAttr
    : EnumAttr<Optical_Dialect, Optical_OperationClass, "operation_class">;

#endif // OHAS_OPTICAL_ENUMS
