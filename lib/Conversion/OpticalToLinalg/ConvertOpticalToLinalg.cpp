//===- ConvertOpticalToLinalg.cpp - Contractions ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Conversion/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_CONVERTOPTICALTOLINALG
#include "ohas/Conversion/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;

static bool isStatic(Operation *op) {
  auto isFixed = [](Type type) {
    return cast<RankedTensorType>(type).hasStaticShape();
  };
  return llvm::all_of(op->getOperandTypes(), isFixed) &&
         llvm::all_of(op->getResultTypes(), isFixed);
}

static Value lower(OpBuilder &b, Operation *op) {
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case<optical::ConvOp>([&](auto conv) { return lowerConv(b, conv); })
      .Case<optical::ConvTransposeOp>(
          [&](auto conv) { return lowerConvTranspose(b, conv); })
      .Case<optical::MatmulOp>(
          [&](auto matmul) { return lowerMatmul(b, matmul); })
      .Case<optical::MacOp>([&](auto mac) { return lowerMac(b, mac); })
      .Case<optical::SumOp>([&](auto sum) { return lowerSum(b, sum); })
      // Ideal optics: a value is what it was.
      .Case<optical::FetchOp>([](auto fetch) { return fetch.getTile(); })
      .Case<optical::ConvertOp>([](auto convert) { return convert.getValue(); })
      .Default(Value());
}

namespace {
struct ConvertOpticalToLinalgPass
    : ohas::impl::ConvertOpticalToLinalgBase<ConvertOpticalToLinalgPass> {
  void runOnOperation() override {
    SmallVector<Operation *> contractions;
    getOperation().walk([&](Operation *op) {
      if (isa<optical::OpticalContractionOp, optical::MacOp, optical::SumOp,
              optical::FetchOp, optical::ConvertOp>(op))
        contractions.push_back(op);
    });
    OpBuilder b(&getContext());
    for (Operation *op : contractions) {
      if (isa<optical::OpticalContractionOp>(op) && !isStatic(op)) {
        op->emitError() << "has open dims; fix them with --dim name=size or "
                           "--dim-default before it is lowered";
        return signalPassFailure();
      }
      b.setInsertionPoint(op);
      Value result = lower(b, op);
      op->getResult(0).replaceAllUsesWith(result);
      op->erase();
    }
    // Nothing is mapped any more.
    getOperation()->removeAttr(optical::targetAttrName);
    for (auto accelerator : llvm::make_early_inc_range(
             getOperation().getOps<optical::AcceleratorOp>()))
      accelerator.erase();
  }
};
} // namespace
