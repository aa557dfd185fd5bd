//===- LowerBufferCopies.cpp - Copies of strided buffers --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "ohas/Conversion/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_LOWERBUFFERCOPIES
#include "ohas/Conversion/Passes.h.inc"
} // namespace ohas

using namespace mlir;

namespace {
struct LowerBufferCopiesPass
    : ohas::impl::LowerBufferCopiesBase<LowerBufferCopiesPass> {
  void runOnOperation() override {
    getOperation().walk([](memref::CopyOp copy) {
      auto isPlain = [](Value value) {
        auto type = dyn_cast<MemRefType>(value.getType());
        return type && type.getLayout().isIdentity();
      };
      if (isPlain(copy.getSource()) && isPlain(copy.getTarget()))
        return;
      OpBuilder b(copy);
      linalg::makeMemRefCopyOp(b, copy.getLoc(), copy.getSource(),
                               copy.getTarget());
      copy.erase();
    });
  }
};
} // namespace
