//===- HoistConversion.cpp - Conversions where tiles change -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HoistConversion.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;

/// The operations that cut the tile out of the whole operand, innermost first.
static SmallVector<Operation *> cutsOf(Value tile) {
  SmallVector<Operation *> cuts;
  while (Operation *op = tile.getDefiningOp()) {
    if (!isa<optical::FetchOp, tensor::ExtractSliceOp, tensor::CastOp>(op))
      break;
    cuts.push_back(op);
    tile = op->getOperand(0);
  }
  return cuts;
}

/// Whether a size or place follows from the loop's index.
static bool followsFrom(Value value, Operation *loop) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return value.getParentBlock()->getParentOp() == loop;
  return loop->isProperAncestor(op) &&
         llvm::any_of(op->getOperands(), [&](Value operand) {
           return followsFrom(operand, loop);
         });
}

static bool changesIn(ArrayRef<Operation *> cuts, Operation *loop) {
  return llvm::any_of(cuts, [&](Operation *cut) {
    return llvm::any_of(cut->getOperands().drop_front(), [&](Value operand) {
      return followsFrom(operand, loop);
    });
  });
}

optical::ConvertOp ohas::precision::hoistConversion(optical::ConvertOp op) {
  SmallVector<Operation *> cuts = cutsOf(op.getValue());
  Value whole = cuts.empty() ? op.getValue() : cuts.back()->getOperand(0);
  Operation *around = whole.getParentBlock()->getParentOp();
  Operation *outermost = nullptr;
  for (Operation *loop = op->getParentOp();
       isa_and_nonnull<scf::ForOp, scf::ForallOp>(loop) &&
       !loop->isAncestor(around);
       loop = loop->getParentOp()) {
    // Copies work side by side, each on a tile of its own that stays.
    if (isa<scf::ForallOp>(loop))
      continue;
    if (changesIn(cuts, loop))
      break;
    outermost = loop;
  }
  if (!outermost)
    return op;
  auto isInside = [&](Operation *cut) {
    return outermost->isProperAncestor(cut);
  };
  auto inside = llvm::to_vector(llvm::make_filter_range(cuts, isInside));
  Value tile = inside.empty() ? op.getValue() : inside.back()->getOperand(0);
  OpBuilder b(outermost);
  auto hoisted = cast<optical::ConvertOp>(b.clone(*op));
  hoisted->setOperand(0, tile);
  hoisted->getResult(0).setType(tile.getType());
  b.setInsertionPoint(op);
  Value converted = hoisted->getResult(0);
  for (Operation *cut : llvm::reverse(inside)) {
    Operation *again = b.clone(*cut);
    again->setOperand(0, converted);
    converted = again->getResult(0);
  }
  op->getResult(0).replaceAllUsesWith(converted);
  op->erase();
  for (Operation *cut : inside)
    if (cut->use_empty())
      cut->erase();
  return hoisted;
}
