//===- SumsOfNest.cpp - The way of sums out of a nest -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums are destinations: back along these to where a tile of them begins, at
// zeros; then with the finished tile on to what it is added to, another
// destination, and so on.
//
//===----------------------------------------------------------------------===//

#include "SumsOfNest.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

namespace {
/// A destination, and the result of what is done to it.
struct Sums {
  Value begin, end;
};
} // namespace

/// The operation that loops around a block argument, and its operand.
static std::optional<Sums> aroundLoop(BlockArgument argument) {
  Operation *op = argument.getOwner()->getParentOp();
  if (auto loop = dyn_cast<scf::ForOp>(op))
    if (OpOperand *init = loop.getTiedLoopInit(argument))
      return Sums{init->get(), loop.getTiedLoopResult(argument)};
  if (auto forall = dyn_cast<scf::ForallOp>(op))
    if (argument.getArgNumber() >= forall.getRank()) {
      OpOperand *output = forall.getTiedOpOperand(argument);
      return Sums{output->get(), forall.getTiedOpResult(output)};
    }
  return std::nullopt;
}

/// Where a tile is put back that was taken out of a tensor.
static Value putBack(Value tile) {
  for (Operation *user : tile.getUsers())
    if (auto insert = dyn_cast<tensor::InsertSliceOp>(user))
      if (insert.getSource() == tile)
        return insert.getResult();
  return tile;
}

/// What finished sums are added to, perhaps after a conversion.
static std::optional<Sums> addedTo(Value finished) {
  for (Operation *user : finished.getUsers()) {
    if (auto convert = dyn_cast<ConvertOp>(user))
      return addedTo(convert.getResult());
    if (auto sum = dyn_cast<SumOp>(user))
      if (sum.getPartials() == finished)
        return Sums{sum.getInit(), sum.getResult()};
  }
  return std::nullopt;
}

SmallVector<FetchOp> ohas::fetchesOfSums(MacOp mac) {
  SmallVector<FetchOp> result;
  std::optional<Sums> sums = Sums{mac.getInit(), mac.getResult()};
  while (sums) {
    if (auto argument = dyn_cast<BlockArgument>(sums->begin)) {
      sums = aroundLoop(argument);
      continue;
    }
    Operation *op = sums->begin.getDefiningOp();
    if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
      sums = Sums{slice.getSource(), putBack(sums->end)};
      continue;
    }
    if (auto fetch = dyn_cast<FetchOp>(op))
      result.push_back(fetch);
    sums = addedTo(sums->end);
  }
  return result;
}
