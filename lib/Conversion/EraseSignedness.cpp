//===- EraseSignedness.cpp - Make all integers signless ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "ohas/Conversion/LinalgBuilders.h"
#include "ohas/Conversion/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_ERASESIGNEDNESS
#include "ohas/Conversion/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;

namespace {
struct EraseSignednessPass
    : ohas::impl::EraseSignednessBase<EraseSignednessPass> {
  void runOnOperation() override {
    AttrTypeReplacer replacer;
    replacer.addReplacement([](IntegerType type) { return signless(type); });
    // The elements of constants are no parts that a replacer looks into.
    replacer.addReplacement([](DenseIntOrFPElementsAttr constant) -> Attribute {
      Type element = signless(constant.getElementType());
      return element == constant.getElementType()
                 ? constant
                 : DenseElementsAttr(constant).bitcast(element);
    });
    replacer.addReplacement([](DenseResourceElementsAttr constant) {
      auto type = cast<RankedTensorType>(constant.getType());
      return DenseResourceElementsAttr::get(
          type.clone(signless(type.getElementType())), constant.getRawHandle());
    });
    replacer.recursivelyReplaceElementsIn(getOperation(), /*replaceAttrs=*/true,
                                          /*replaceLocs=*/false,
                                          /*replaceTypes=*/true);
    getOperation().walk([](UnrealizedConversionCastOp cast) {
      if (cast.getInputs().getTypes() != cast.getOutputs().getTypes())
        return;
      cast.getOutputs().replaceAllUsesWith(cast.getInputs());
      cast.erase();
    });
  }
};
} // namespace
