//===- OpticalElectronicOp.cpp - Electronic operations ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Builders.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Optical/Optical.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

void ElectronicOp::build(OpBuilder &builder, OperationState &state,
                         TypeRange results, StringRef operation,
                         ValueRange inputs, OperationClass operationClass,
                         int64_t opset, DictionaryAttr originalAttributes) {
  build(builder, state, results, builder.getStringAttr(operation), inputs,
        OperationClassAttr::get(builder.getContext(), operationClass),
        builder.getI64IntegerAttr(opset), originalAttributes);
}

LogicalResult ElectronicOp::verify() {
  if (getOpName().empty())
    return emitOpError("needs the name of the operation");
  return success();
}

/// Operations that draw random numbers must not be merged or dropped.
void ElectronicOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  bool isRandom = llvm::StringSwitch<bool>(getOpName())
                      .Cases({"onnx.RandomNormal", "onnx.RandomNormalLike",
                              "onnx.RandomUniform", "onnx.RandomUniformLike",
                              "onnx.Bernoulli", "onnx.Multinomial"},
                             true)
                      .Default(false);
  if (isRandom)
    effects.emplace_back(MemoryEffects::Write::get());
}

//===----------------------------------------------------------------------===//
// Work
//===----------------------------------------------------------------------===//

static int64_t bitWidth(Type element) {
  if (element.isIntOrFloat())
    return element.getIntOrFloatBitWidth();
  if (element.isIndex())
    return 64;
  if (auto complex = dyn_cast<ComplexType>(element))
    return 2 * bitWidth(complex.getElementType());
  return 0;
}

namespace {
/// Elements and bits of some values, saturating.
struct Extent {
  int64_t elements = 0, bits = 0;
};
} // namespace

static Extent extentOf(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !type.hasStaticShape())
    return {};
  int64_t elements = 1;
  for (int64_t size : type.getShape())
    elements = cost::saturatingMul(elements, size);
  return {elements,
          cost::saturatingMul(elements, bitWidth(type.getElementType()))};
}

static Extent extentOf(ValueRange values) {
  Extent sum;
  for (Value value : values) {
    Extent one = extentOf(value);
    if (llvm::AddOverflow(sum.elements, one.elements, sum.elements))
      sum.elements = INT64_MAX;
    if (llvm::AddOverflow(sum.bits, one.bits, sum.bits))
      sum.bits = INT64_MAX;
  }
  return sum;
}

static LogicalResult requireStatic(ElectronicOp op, ValueRange values,
                                   StringRef what) {
  for (auto [number, value] : llvm::enumerate(values)) {
    auto type = dyn_cast<TensorType>(value.getType());
    if (!type)
      continue;
    if (!type.hasRank())
      return op.emitOpError()
             << "'" << op.getOpName() << "' needs static shapes: " << what
             << " #" << number << " has no rank";
    for (auto [dim, size] : llvm::enumerate(type.getShape()))
      if (ShapedType::isDynamic(size))
        return op.emitOpError()
               << "'" << op.getOpName() << "' needs static shapes: dim " << dim
               << " of " << what << " #" << number << " is dynamic";
  }
  return success();
}

/// Elements of a pooling window; nothing if it takes in the whole input.
static std::optional<int64_t> kernelVolume(DictionaryAttr attributes) {
  Attribute kernel = attributes ? attributes.get("kernel_shape") : Attribute();
  SmallVector<int64_t> shape;
  if (auto dense = dyn_cast_or_null<DenseI64ArrayAttr>(kernel))
    llvm::append_range(shape, dense.asArrayRef());
  else if (auto array = dyn_cast_or_null<ArrayAttr>(kernel))
    for (auto size : array.getAsRange<IntegerAttr>())
      shape.push_back(size ? size.getInt() : 0);
  if (shape.empty())
    return std::nullopt;
  int64_t volume = 1;
  for (int64_t size : shape)
    if (size < 1 || llvm::MulOverflow(volume, size, volume))
      return std::nullopt;
  return volume;
}

FailureOr<cost::ElectronicWork> ElectronicOp::getWork() {
  cost::ElectronicWork work;
  work.operationClass = static_cast<cost::OperationClass>(getOperationClass());
  if (getOperationClass() == OperationClass::Shape)
    return work;
  // What is made of constants alone (weights that are dequantised, transposed)
  // is made once, before any inference.
  if (!getInputs().empty() && getNumResults() > 0 &&
      isConstantValue(getResult(0))) {
    work.operationClass = cost::OperationClass::Shape;
    return work;
  }
  if (failed(requireStatic(*this, getInputs(), "operand")) ||
      failed(requireStatic(*this, getResults(), "result")))
    return failure();
  Extent inputs = extentOf(getInputs()), results = extentOf(getResults());
  Extent first = getInputs().empty() ? results : extentOf(getInputs().front());
  work.bitsRead = inputs.bits;
  work.bitsWritten = results.bits;
  work.elements = results.elements;
  switch (getOperationClass()) {
  case OperationClass::Movement:
    // A gather reads what it moves, not its whole table.
    work.bitsRead = results.bits;
    break;
  case OperationClass::Softmax:
  case OperationClass::Normalization:
  case OperationClass::Reduction:
    work.elements = first.elements;
    break;
  case OperationClass::Pooling:
    work.elements = first.elements;
    if (std::optional<int64_t> volume =
            kernelVolume(getOriginalAttributesAttr())) {
      // A second result (indices) is not visited once more.
      Extent pooled =
          getResults().empty() ? Extent() : extentOf(getResults().front());
      work.elements = cost::saturatingMul(*volume, pooled.elements);
    }
    break;
  default:
    break;
  }
  return work;
}
