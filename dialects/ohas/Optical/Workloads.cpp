//===- Workloads.cpp - Contractions in canonical dims -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Optical/Optical.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

bool ohas::optical::hasNoWork(Operation *contraction) {
  return llvm::any_of(contraction->getOperandTypes(), [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && llvm::is_contained(tensor.getShape(), 0);
  });
}

void ohas::optical::dropMapping(OpticalContractionOp contraction) {
  contraction.setMappingAttr({});
  contraction->removeAttr(provenAttrName);
  contraction->removeAttr(costAttrName);
}

OpticalContractionOp
ohas::optical::cloneUnmapped(OpBuilder &b, OpticalContractionOp contraction) {
  auto clone = cast<OpticalContractionOp>(b.clone(*contraction));
  dropMapping(clone);
  return clone;
}

/// Every dim is known and none is empty; the diagnostic names the first that is
/// not.
static LogicalResult requireStatic(Operation *op) {
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = cast<RankedTensorType>(operand.get().getType());
    for (auto [dim, size] : llvm::enumerate(type.getShape())) {
      if (ShapedType::isDynamic(size))
        return op->emitOpError()
               << "needs static shapes: dim " << dim << " of operand #"
               << operand.getOperandNumber() << " is dynamic";
      if (size == 0)
        return op->emitOpError()
               << "has no work: dim " << dim << " of operand #"
               << operand.getOperandNumber() << " is empty";
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Precision
//===----------------------------------------------------------------------===//

/// What is asked for, else the width of an integer type, else 0.
static unsigned bitsOf(std::optional<uint64_t> asked, Type type) {
  if (asked)
    return *asked > 1024 ? 1024 : static_cast<unsigned>(*asked);
  Type element = cast<RankedTensorType>(type).getElementType();
  return element.isInteger() ? element.getIntOrFloatBitWidth() : 0;
}

template <typename Op>
static void setPrecision(cost::Workload &workload, Op op, Value weight,
                         Value input) {
  unsigned weightBits = bitsOf(op.getWeightBits(), weight.getType());
  unsigned inputBits = bitsOf(op.getInputBits(), input.getType());
  unsigned outputBits = bitsOf(op.getOutputBits(), op.getType());
  // An integer result wider than both operands is an accumulator, not a
  // precision that anything downstream asks for.
  if (!op.getOutputBits() && outputBits > std::max(weightBits, inputBits))
    outputBits = 0;
  workload.bits = {weightBits, inputBits, outputBits};
  workload.weightIsConstant = isConstantValue(weight);
  workload.inputIsNonNegative = isNonNegative(input);
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

namespace {
/// Where a spatial axis goes: its position dim, its kernel dim, and its place
/// among strides and dilations.
struct Axis {
  cost::Dim position, kernel;
  unsigned place;
};
} // namespace

/// One axis is a height, two are height and width, three begin with depth.
static Axis axisOf(unsigned axis, unsigned axes) {
  static constexpr Axis height = {cost::Dim::P, cost::Dim::R, 0};
  static constexpr Axis width = {cost::Dim::Q, cost::Dim::S, 1};
  static constexpr Axis depth = {cost::Dim::D, cost::Dim::T, 2};
  static constexpr Axis order[] = {depth, height, width};
  return order[axes == 3 ? axis : axis + 1];
}

template <typename Op>
static void setWindows(cost::Workload &workload, Op op,
                       RankedTensorType positions) {
  unsigned axes = op.getSpatialRank();
  RankedTensorType weight = op.getWeight().getType();
  for (unsigned i = 0; i < axes; ++i) {
    Axis axis = axisOf(i, axes);
    workload.size(axis.position) = positions.getDimSize(i + 2);
    workload.size(axis.kernel) = weight.getDimSize(i + 2);
    workload.strides[axis.place] = op.stridesOrDefault()[i];
    workload.dilations[axis.place] = op.dilationsOrDefault()[i];
  }
}

FailureOr<cost::Workload> ConvOp::getWorkload() {
  if (failed(requireStatic(*this)))
    return failure();
  FailureOr<RankedTensorType> result = inferResultType(
      getInput().getType(), getWeight().getType(), getStrides(), getDilations(),
      getPads(), getGroup(), [&] { return emitOpError(); });
  if (failed(result))
    return failure();
  RankedTensorType weight = getWeight().getType();
  cost::Workload workload;
  workload.size(cost::Dim::N) = getInput().getType().getDimSize(0);
  workload.size(cost::Dim::G) = getGroup();
  workload.size(cost::Dim::M) = weight.getDimSize(0) / getGroup();
  workload.size(cost::Dim::C) = weight.getDimSize(1);
  setWindows(workload, *this, *result);
  setPrecision(workload, *this, getWeight(), getInput());
  return workload;
}

FailureOr<cost::Workload> ConvTransposeOp::getWorkload() {
  if (failed(requireStatic(*this)))
    return failure();
  RankedTensorType weight = getWeight().getType();
  cost::Workload workload;
  workload.transposed = true;
  workload.size(cost::Dim::N) = getInput().getType().getDimSize(0);
  workload.size(cost::Dim::G) = getGroup();
  workload.size(cost::Dim::M) = weight.getDimSize(1);
  workload.size(cost::Dim::C) = weight.getDimSize(0) / getGroup();
  setWindows(workload, *this, getInput().getType());
  setPrecision(workload, *this, getWeight(), getInput());
  return workload;
}

//===----------------------------------------------------------------------===//
// Matrix products
//===----------------------------------------------------------------------===//

bool MatmulOp::isWeightLeft() {
  // The right one first: it is the weight nearly always, and found to be a
  // constant at once, where the left one takes a walk through the network.
  return !isConstantValue(getRhs()) && isConstantValue(getLhs());
}

/// A batch dim of both operands is a group, of the input only a batch, of the
/// weight only more output channels.
static LogicalResult foldBatch(MatmulOp op, cost::Workload &workload,
                               RankedTensorType weight,
                               RankedTensorType input) {
  auto fold = [&](cost::Dim dim, int64_t size) {
    std::optional<int64_t> product = llvm::checkedMul(workload.size(dim), size);
    workload.size(dim) = product.value_or(0);
    return product.has_value();
  };
  auto fromEnd = [](RankedTensorType type, int64_t i) {
    return i <= type.getRank() ? type.getDimSize(type.getRank() - i) : 1;
  };
  int64_t rank = std::max(weight.getRank(), input.getRank());
  for (int64_t i = 3; i <= rank; ++i) {
    int64_t ofWeight = fromEnd(weight, i), ofInput = fromEnd(input, i);
    cost::Dim dim = ofWeight == 1  ? cost::Dim::N
                    : ofInput == 1 ? cost::Dim::M
                                   : cost::Dim::G;
    if (!fold(dim, std::max(ofWeight, ofInput)))
      return op.emitOpError("batch dims exceed the range of 64 bits");
  }
  return success();
}

FailureOr<cost::Workload> MatmulOp::getWorkload() {
  if (failed(requireStatic(*this)))
    return failure();
  RankedTensorType lhs = getLhs().getType(), rhs = getRhs().getType();
  ArrayRef<int64_t> left = lhs.getShape().take_back(2);
  ArrayRef<int64_t> right = rhs.getShape().take_back(2);
  int64_t rows = left[getTransposeLhs() ? 1 : 0];
  int64_t inner = left[getTransposeLhs() ? 0 : 1];
  int64_t columns = right[getTransposeRhs() ? 0 : 1];
  bool weightLeft = isWeightLeft();
  cost::Workload workload;
  workload.size(cost::Dim::M) = weightLeft ? rows : columns;
  workload.size(cost::Dim::P) = weightLeft ? columns : rows;
  workload.size(cost::Dim::C) = inner;
  if (failed(foldBatch(*this, workload, weightLeft ? lhs : rhs,
                       weightLeft ? rhs : lhs)))
    return failure();
  setPrecision(workload, *this, weightLeft ? getLhs() : getRhs(),
               weightLeft ? getRhs() : getLhs());
  return workload;
}
