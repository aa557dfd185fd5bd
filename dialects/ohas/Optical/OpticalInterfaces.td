//===- OpticalInterfaces.td - Operation interfaces ---------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_INTERFACES
#define OHAS_OPTICAL_INTERFACES

include "mlir/IR/OpBase.td"

def OpticalLevelOp : OpInterface<"OpticalLevelOp"> {
  let description = [{
    A level of an accelerator's nest. Its numeric properties are the attributes
    that `ohas::cost::levelProperties(kind)` names, expressions as text.
  }];
  let cppNamespace = "::ohas::optical";
  let methods = [
    InterfaceMethod<"What kind of level it is.",
                    "::ohas::cost::LevelKind", "getLevelKind">,
    InterfaceMethod<"Its symbol name.", "::llvm::StringRef", "getSymName">,
    InterfaceMethod<"The publication its numbers stand on, if named.",
                    "::std::optional<::llvm::StringRef>", "getSource">,
  ];
}

def OpticalContractionOp : OpInterface<"OpticalContractionOp"> {
  let description = [{
    A convolution or matrix product: what light can do, and what can be mapped
    to the levels of an accelerator.
  }];
  let cppNamespace = "::ohas::optical";
  let methods = [
    InterfaceMethod<[{
        The operation in the cost model's canonical dims. Fails with a
        diagnostic that names the first dim that is not static.
      }],
      "::mlir::FailureOr<::ohas::cost::Workload>", "getWorkload">,
    InterfaceMethod<"The mapping it carries, or null.",
                    "::ohas::optical::MappingAttr", "getMappingAttr">,
    InterfaceMethod<"Replaces the mapping; null removes it.",
                    "void", "setMappingAttr",
                    (ins "::ohas::optical::MappingAttr":$mapping)>,
  ];
}

#endif // OHAS_OPTICAL_INTERFACES
