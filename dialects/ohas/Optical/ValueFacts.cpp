//===- ValueFacts.cpp - What is known of a value before inference ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"
#include "ohas/Optical/Optical.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace ohas::optical;

/// Beyond so many operations nothing is claimed: the walks below must stay
/// cheap, as they run once a contraction.
static constexpr unsigned maxVisited = 256;

/// Constants beyond so many elements are not looked through.
static constexpr int64_t maxElements = 4096;

/// Holds `step` for the producer of `value` and of every operand it asks for.
/// `step` is false where the fact fails, and adds the operands it depends on.
static bool
holdsForAll(Value value,
            function_ref<bool(Operation *, SmallVectorImpl<Value> &)> step) {
  SmallVector<Value> worklist = {value};
  SmallPtrSet<Operation *, 16> visited;
  while (!worklist.empty()) {
    Operation *producer = worklist.pop_back_val().getDefiningOp();
    if (!producer)
      return false;
    if (!visited.insert(producer).second)
      continue;
    if (visited.size() > maxVisited || !step(producer, worklist))
      return false;
  }
  return true;
}

bool ohas::optical::isConstantValue(Value value) {
  return holdsForAll(value, [](Operation *op, SmallVectorImpl<Value> &next) {
    if (op->hasTrait<OpTrait::ConstantLike>())
      return true;
    if (!isa<ElectronicOp>(op) || op->getNumOperands() == 0 ||
        !isMemoryEffectFree(op))
      return false;
    llvm::append_range(next, op->getOperands());
    return true;
  });
}

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

/// Results are never negative, whatever the operands are.
static constexpr StringLiteral alwaysNonNegative[] = {
    "Abs",  "Exp",     "HardSigmoid", "ReduceL1", "ReduceL2", "ReduceSumSquare",
    "Relu", "Sigmoid", "Softmax",     "Softplus", "Sqrt"};
/// Results are not negative if the first operand is not; the others only say
/// how (shapes, indices, axes).
static constexpr StringLiteral followsFirst[] = {
    "AveragePool",   "Cast",
    "DepthToSpace",  "Dropout",
    "Expand",        "Flatten",
    "Gather",        "GatherElements",
    "GatherND",      "GlobalAveragePool",
    "GlobalMaxPool", "Identity",
    "LpPool",        "MaxPool",
    "ReduceMax",     "ReduceMean",
    "ReduceMin",     "ReduceSum",
    "Reshape",       "Slice",
    "SpaceToDepth",  "Split",
    "Squeeze",       "Tile",
    "Transpose",     "Unsqueeze"};
/// Results are not negative if no operand is.
static constexpr StringLiteral followsAll[] = {"Add",  "Concat", "Div", "Max",
                                               "Mean", "Min",    "Mul", "Sum"};

static bool isNonNegativeConstant(Operation *op) {
  DenseElementsAttr elements;
  if (!matchPattern(op, m_Constant(&elements)) ||
      elements.getNumElements() > maxElements)
    return false;
  Type type = elements.getElementType();
  if (type.isUnsignedInteger())
    return true;
  if (isa<FloatType>(type))
    return llvm::all_of(elements.getValues<APFloat>(), [](const APFloat &x) {
      return !x.isNaN() && (!x.isNegative() || x.isZero());
    });
  if (isa<IntegerType>(type))
    return llvm::all_of(elements.getValues<APInt>(),
                        [](const APInt &x) { return !x.isNegative(); });
  return false;
}

/// A zero point (third operand) that is absent or zero.
static bool hasNoZeroPoint(ElectronicOp op) {
  if (op.getInputs().size() < 3)
    return true;
  DenseElementsAttr zero;
  return matchPattern(op.getInputs()[2], m_Constant(&zero)) &&
         isa<IntegerType>(zero.getElementType()) && zero.isSplat() &&
         zero.getSplatValue<APInt>().isZero();
}

static bool isClippedAtZero(ElectronicOp op) {
  if (op.getInputs().size() >= 2) {
    Operation *least = op.getInputs()[1].getDefiningOp();
    return least && isNonNegativeConstant(least);
  }
  DictionaryAttr attributes = op.getOriginalAttributesAttr();
  auto least = attributes ? attributes.getAs<FloatAttr>("min") : FloatAttr();
  return least && least.getValueAsDouble() >= 0;
}

static bool nonNegativeStep(Operation *op, SmallVectorImpl<Value> &next) {
  if (op->hasTrait<OpTrait::ConstantLike>())
    return isNonNegativeConstant(op);
  auto electronic = dyn_cast<ElectronicOp>(op);
  if (!electronic)
    return false;
  StringRef name = electronic.getOpName();
  if (!name.consume_front("onnx."))
    return false;
  OperandRange inputs = electronic.getInputs();
  if (llvm::is_contained(alwaysNonNegative, name))
    return true;
  if (name == "Clip")
    return isClippedAtZero(electronic);
  if (inputs.empty())
    return false;
  if (name == "QuantizeLinear" || name == "DequantizeLinear") {
    if (!hasNoZeroPoint(electronic))
      return false;
    if (name == "DequantizeLinear" &&
        getElementTypeOrSelf(inputs[0].getType()).isUnsignedInteger())
      return true;
    next.push_back(inputs[0]);
    return true;
  }
  if (llvm::is_contained(followsFirst, name)) {
    next.push_back(inputs[0]);
    return true;
  }
  if (llvm::is_contained(followsAll, name)) {
    llvm::append_range(next, inputs);
    return true;
  }
  return false;
}

bool ohas::optical::isNonNegative(Value value) {
  return holdsForAll(value, nonNegativeStep);
}
