//===- OpticalTypes.td - Types of the dialect --------------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_TYPES
#define OHAS_OPTICAL_TYPES

include "ohas/Optical/OpticalDialect.td"
include "mlir/IR/AttrTypeBase.td"

def Optical_OpaqueType : TypeDef<Optical_Dialect, "Opaque"> {
  let mnemonic = "opaque";
  let summary = "a value that neither light nor a vector unit works on";
  let description = [{
    Sequences, optionals, maps and strings of a source model, named by the
    model's own spelling of the type. Also the element type of tensors of
    strings, and of tensors whose element type is not known.

    ```mlir
    func.func @first(%s: !optical.opaque<"seq(float[2, 3])">,
                     %i: tensor<i64>) -> tensor<2x3xf32> {
      %0 = optical.electronic "onnx.SequenceAt"(%s, %i) class control opset 17
          : (!optical.opaque<"seq(float[2, 3])">, tensor<i64>) -> tensor<2x3xf32>
      return %0 : tensor<2x3xf32>
    }
    ```
  }];
  let parameters = (ins StringRefParameter<"the source's spelling">:$name);
  let assemblyFormat = "`<` $name `>`";
}

#endif // OHAS_OPTICAL_TYPES
