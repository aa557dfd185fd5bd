//===- MacOp.cpp - Multiply-accumulates over canonical dims -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MacDims.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

MacPlace ohas::optical::placeOf(MacOp op, cost::Dim dim) {
  switch (dim) {
  case cost::Dim::N:
    return {op.getInit(), 0};
  case cost::Dim::G:
    return {op.getWeight(), 0};
  case cost::Dim::M:
    return {op.getWeight(), 1};
  case cost::Dim::C:
    return {op.getWeight(), 2};
  default:
    break;
  }
  for (unsigned i = 0; i < std::size(cost::windowPairs); ++i) {
    if (dim == cost::windowPairs[i].second)
      return {op.getWeight(), 3 + i};
    if (dim == cost::windowPairs[i].first)
      return {op.getTransposed() ? op.getInput() : op.getInit(), 3 + i};
  }
  llvm_unreachable("not a dim");
}

int64_t MacOp::staticSize(cost::Dim dim) {
  MacPlace place = placeOf(*this, dim);
  return cast<RankedTensorType>(place.tensor.getType()).getDimSize(place.axis);
}

bool MacOp::isReduction(cost::Dim dim) {
  if (dim == cost::Dim::C)
    return true;
  for (auto [position, kernel] : cost::windowPairs) {
    if (!getTransposed() && dim == kernel)
      return true;
    // Windows of a transposed convolution overlap where both dims have several
    // points.
    if (getTransposed() && dim == position)
      return staticSize(kernel) != 1;
    if (getTransposed() && dim == kernel)
      return staticSize(position) != 1;
  }
  return false;
}

/// A size that is not static fits any.
static bool differ(int64_t a, int64_t b) {
  return !ShapedType::isDynamic(a) && !ShapedType::isDynamic(b) && a != b;
}

static LogicalResult verifySteps(MacOp op, StringRef name,
                                 ArrayRef<int64_t> steps) {
  if (steps.size() != 3)
    return op.emitOpError()
           << name << " has " << steps.size() << " entries, expected 3";
  for (int64_t step : steps)
    if (step < 1)
      return op.emitOpError()
             << name << " has the entry " << step << ", the least is 1";
  return success();
}

LogicalResult MacOp::verify() {
  if (failed(verifySteps(*this, "strides", getStrides())) ||
      failed(verifySteps(*this, "dilations", getDilations())))
    return failure();
  auto weight = getWeight().getType(), input = getInput().getType(),
       sums = getInit().getType();
  // What two tensors have in common: their axes of the same dim.
  struct Shared {
    StringRef dim, left, right;
    int64_t leftSize, rightSize;
  };
  const Shared shared[] = {
      {"G", "weight", "input", weight.getDimSize(0), input.getDimSize(1)},
      {"C", "weight", "input", weight.getDimSize(2), input.getDimSize(2)},
      {"G", "weight", "sums", weight.getDimSize(0), sums.getDimSize(1)},
      {"M", "weight", "sums", weight.getDimSize(1), sums.getDimSize(2)},
      {"N", "input", "sums", input.getDimSize(0), sums.getDimSize(0)}};
  for (const Shared &entry : shared)
    if (differ(entry.leftSize, entry.rightSize))
      return emitOpError() << "dim '" << entry.dim << "' is " << entry.leftSize
                           << " in the " << entry.left << ", but "
                           << entry.rightSize << " in the " << entry.right;
  RankedTensorType windowed = getTransposed() ? sums : input;
  for (unsigned i = 0; i < std::size(cost::windowPairs); ++i) {
    int64_t positions = staticSize(cost::windowPairs[i].first);
    int64_t kernel = staticSize(cost::windowPairs[i].second);
    if (ShapedType::isDynamic(positions) || ShapedType::isDynamic(kernel))
      continue;
    std::optional<int64_t> span =
        llvm::checkedMulAdd(kernel - 1, getDilations()[i], int64_t(1));
    if (span)
      span = llvm::checkedMulAdd(positions - 1, getStrides()[i], *span);
    if (!span || differ(windowed.getDimSize(3 + i), *span)) {
      InFlightDiagnostic error =
          emitOpError() << "windows of '"
                        << cost::name(cost::windowPairs[i].first) << "' span ";
      if (span)
        error << *span;
      else
        error << "more than 64 bits";
      return error << " elements, but the "
                   << (getTransposed() ? "sums have " : "input has ")
                   << windowed.getDimSize(3 + i);
    }
  }
  return success();
}
