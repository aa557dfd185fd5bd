//===- OpticalComputeOps.cpp - Shapes of contractions -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Builders.h"
#include "ohas/Optical/Optical.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace ohas::optical;

namespace {
/// A failure, with a diagnostic if somebody asked for one.
class Report {
public:
  explicit Report(function_ref<InFlightDiagnostic()> emit) {
    if (emit)
      diagnostic.emplace(emit());
  }
  template <typename T> Report &operator<<(T &&part) {
    if (diagnostic)
      *diagnostic << std::forward<T>(part);
    return *this;
  }
  operator LogicalResult() const { return failure(); }
  template <typename T> operator FailureOr<T>() const { return failure(); }

private:
  std::optional<InFlightDiagnostic> diagnostic;
};

struct Reporter {
  function_ref<InFlightDiagnostic()> emit;
  Report operator()() const { return Report(emit); }
};
} // namespace

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

template <unsigned N>
static SmallVector<int64_t, N> orDefault(ArrayRef<int64_t> values,
                                         unsigned size, int64_t value) {
  if (values.empty())
    return SmallVector<int64_t, N>(size, value);
  return SmallVector<int64_t, N>(values);
}

SmallVector<int64_t, 3> ConvOp::stridesOrDefault() {
  return orDefault<3>(getStrides(), getSpatialRank(), 1);
}
SmallVector<int64_t, 3> ConvOp::dilationsOrDefault() {
  return orDefault<3>(getDilations(), getSpatialRank(), 1);
}
SmallVector<int64_t, 6> ConvOp::padsOrDefault() {
  return orDefault<6>(getPads(), 2 * getSpatialRank(), 0);
}
SmallVector<int64_t, 3> ConvTransposeOp::stridesOrDefault() {
  return orDefault<3>(getStrides(), getSpatialRank(), 1);
}
SmallVector<int64_t, 3> ConvTransposeOp::dilationsOrDefault() {
  return orDefault<3>(getDilations(), getSpatialRank(), 1);
}
SmallVector<int64_t, 6> ConvTransposeOp::padsOrDefault() {
  return orDefault<6>(getPads(), 2 * getSpatialRank(), 0);
}
SmallVector<int64_t, 3> ConvTransposeOp::outputPaddingOrDefault() {
  return orDefault<3>(getOutputPadding(), getSpatialRank(), 0);
}

static LogicalResult checkLength(Reporter error, StringRef name,
                                 ArrayRef<int64_t> values, size_t expected,
                                 int64_t least) {
  if (!values.empty() && values.size() != expected)
    return error() << name << " has " << values.size() << " entries, expected "
                   << expected;
  for (int64_t value : values)
    if (value < least)
      return error() << name << " has the entry " << value << ", the least is "
                     << least;
  return success();
}

static LogicalResult checkWindow(Reporter error, RankedTensorType input,
                                 RankedTensorType weight,
                                 ArrayRef<int64_t> strides,
                                 ArrayRef<int64_t> dilations,
                                 ArrayRef<int64_t> pads, int64_t group) {
  if (input.getRank() < 3 || input.getRank() > 5)
    return error() << "input has rank " << input.getRank()
                   << ", expected 3 to 5 (batch, channels and 1 to 3 axes)";
  if (weight.getRank() != input.getRank())
    return error() << "weight has rank " << weight.getRank()
                   << ", the input has rank " << input.getRank();
  size_t axes = input.getRank() - 2;
  if (failed(checkLength(error, "strides", strides, axes, 1)) ||
      failed(checkLength(error, "dilations", dilations, axes, 1)) ||
      failed(checkLength(error, "pads", pads, 2 * axes, 0)))
    return failure();
  if (group < 1)
    return error() << "group is " << group << ", the least is 1";
  return success();
}

static bool isStatic(int64_t size) { return !ShapedType::isDynamic(size); }

/// dilation * (kernel - 1) + 1.
static std::optional<int64_t> kernelSpan(int64_t kernel, int64_t dilation) {
  return llvm::checkedMulAdd(dilation, kernel - 1, int64_t(1));
}

FailureOr<RankedTensorType>
ConvOp::inferResultType(RankedTensorType input, RankedTensorType weight,
                        ArrayRef<int64_t> strides, ArrayRef<int64_t> dilations,
                        ArrayRef<int64_t> pads, int64_t group,
                        function_ref<InFlightDiagnostic()> emitError) {
  Reporter error{emitError};
  if (failed(
          checkWindow(error, input, weight, strides, dilations, pads, group)))
    return failure();
  int64_t channels = input.getDimSize(1), taken = weight.getDimSize(1);
  if (isStatic(channels) && isStatic(taken)) {
    std::optional<int64_t> all = llvm::checkedMul(taken, group);
    if (!all || *all != channels)
      return error() << "input has " << channels
                     << " channels, but the weight takes " << taken << " x "
                     << group << " (group)";
  }
  int64_t outputs = weight.getDimSize(0);
  if (isStatic(outputs) && outputs % group != 0)
    return error() << outputs << " output channels do not divide into " << group
                   << " groups";

  SmallVector<int64_t> shape = {input.getDimSize(0), outputs};
  unsigned axes = input.getRank() - 2;
  for (unsigned axis = 0; axis < axes; ++axis) {
    int64_t size = input.getDimSize(axis + 2);
    int64_t kernel = weight.getDimSize(axis + 2);
    if (!isStatic(size) || !isStatic(kernel)) {
      shape.push_back(ShapedType::kDynamic);
      continue;
    }
    std::optional<int64_t> padded = size;
    if (!pads.empty()) {
      padded = llvm::checkedAdd(size, pads[axis]);
      if (padded)
        padded = llvm::checkedAdd(*padded, pads[axes + axis]);
    }
    std::optional<int64_t> span =
        kernelSpan(kernel, dilations.empty() ? 1 : dilations[axis]);
    if (!padded || !span)
      return error() << "axis " << axis << " exceeds the range of 64 bits";
    if (*span > *padded || kernel < 1)
      return error() << "kernel spans " << *span << " along axis " << axis
                     << ", but the padded input has " << *padded;
    shape.push_back((*padded - *span) / (strides.empty() ? 1 : strides[axis]) +
                    1);
  }
  return RankedTensorType::get(shape, input.getElementType());
}

FailureOr<RankedTensorType> ConvTransposeOp::inferResultType(
    RankedTensorType input, RankedTensorType weight, ArrayRef<int64_t> strides,
    ArrayRef<int64_t> dilations, ArrayRef<int64_t> pads,
    ArrayRef<int64_t> outputPadding, int64_t group,
    function_ref<InFlightDiagnostic()> emitError) {
  Reporter error{emitError};
  if (failed(
          checkWindow(error, input, weight, strides, dilations, pads, group)))
    return failure();
  unsigned axes = input.getRank() - 2;
  if (failed(checkLength(error, "output_padding", outputPadding, axes, 0)))
    return failure();
  int64_t channels = input.getDimSize(1), taken = weight.getDimSize(0);
  if (isStatic(channels) && isStatic(taken) && channels != taken)
    return error() << "input has " << channels
                   << " channels, but the weight takes " << taken;
  if (isStatic(taken) && taken % group != 0)
    return error() << taken << " input channels do not divide into " << group
                   << " groups";
  int64_t outputs = weight.getDimSize(1);
  if (isStatic(outputs)) {
    std::optional<int64_t> all = llvm::checkedMul(outputs, group);
    if (!all)
      return error() << "output channels exceed the range of 64 bits";
    outputs = *all;
  }

  SmallVector<int64_t> shape = {input.getDimSize(0), outputs};
  for (unsigned axis = 0; axis < axes; ++axis) {
    int64_t size = input.getDimSize(axis + 2);
    int64_t kernel = weight.getDimSize(axis + 2);
    if (!isStatic(size) || !isStatic(kernel)) {
      shape.push_back(ShapedType::kDynamic);
      continue;
    }
    int64_t stride = strides.empty() ? 1 : strides[axis];
    std::optional<int64_t> span =
        kernelSpan(kernel, dilations.empty() ? 1 : dilations[axis]);
    std::optional<int64_t> full =
        span ? llvm::checkedMulAdd(size - 1, stride, *span) : std::nullopt;
    if (full && !outputPadding.empty())
      full = llvm::checkedAdd(*full, outputPadding[axis]);
    if (!full)
      return error() << "axis " << axis << " exceeds the range of 64 bits";
    int64_t size_ = *full;
    if (!pads.empty()) {
      // Both are at least 0, so neither difference can overflow.
      size_ -= pads[axis];
      size_ = size_ < 0 ? size_ : size_ - pads[axes + axis];
    }
    if (size_ < 1 || kernel < 1)
      return error() << "pads leave nothing of the " << *full
                     << " positions along axis " << axis;
    shape.push_back(size_);
  }
  return RankedTensorType::get(shape, input.getElementType());
}

//===----------------------------------------------------------------------===//
// Matrix products
//===----------------------------------------------------------------------===//

FailureOr<RankedTensorType>
MatmulOp::inferResultType(RankedTensorType lhs, RankedTensorType rhs,
                          bool transposeLhs, bool transposeRhs,
                          function_ref<InFlightDiagnostic()> emitError) {
  Reporter error{emitError};
  for (auto [name, type] : {std::pair("left", lhs), std::pair("right", rhs)})
    if (type.getRank() < 2)
      return error() << name << " operand has rank " << type.getRank()
                     << ", the least is 2";
  auto dimFromEnd = [](RankedTensorType type, int64_t i) {
    return type.getDimSize(type.getRank() - i);
  };
  int64_t inner = dimFromEnd(lhs, transposeLhs ? 2 : 1);
  int64_t innerRhs = dimFromEnd(rhs, transposeRhs ? 1 : 2);
  if (isStatic(inner) && isStatic(innerRhs) && inner != innerRhs)
    return error() << "inner dims differ: " << inner << " columns on the left, "
                   << innerRhs << " rows on the right";

  SmallVector<int64_t> shape; // from the end
  shape.push_back(dimFromEnd(rhs, transposeRhs ? 2 : 1));
  shape.push_back(dimFromEnd(lhs, transposeLhs ? 1 : 2));
  int64_t rank = std::max(lhs.getRank(), rhs.getRank());
  for (int64_t i = 3; i <= rank; ++i) {
    int64_t left = i <= lhs.getRank() ? dimFromEnd(lhs, i) : 1;
    int64_t right = i <= rhs.getRank() ? dimFromEnd(rhs, i) : 1;
    if (isStatic(left) && isStatic(right) && left != right && left != 1 &&
        right != 1)
      return error() << "batch dims do not broadcast: " << left
                     << " on the left, " << right << " on the right";
    // A dynamic dim against 1 stays dynamic, against another takes its size.
    bool takeLeft = right == 1 || (!isStatic(right) && left != 1);
    shape.push_back(takeLeft ? left : right);
  }
  std::reverse(shape.begin(), shape.end());
  return RankedTensorType::get(shape, lhs.getElementType());
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

static LogicalResult verifyResult(Operation *op,
                                  FailureOr<RankedTensorType> inferred) {
  if (failed(inferred))
    return failure();
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  if (result.getRank() != inferred->getRank())
    return op->emitOpError() << "result has rank " << result.getRank()
                             << ", expected " << inferred->getRank();
  for (int64_t dim = 0; dim < result.getRank(); ++dim) {
    int64_t size = result.getDimSize(dim), expected = inferred->getDimSize(dim);
    if (isStatic(size) && isStatic(expected) && size != expected)
      return op->emitOpError() << "result dim " << dim << " is " << size
                               << ", expected " << expected;
  }
  return success();
}

LogicalResult ConvOp::verify() {
  return verifyResult(
      *this, inferResultType(getInput().getType(), getWeight().getType(),
                             getStrides(), getDilations(), getPads(),
                             getGroup(), [&] { return emitOpError(); }));
}

LogicalResult ConvTransposeOp::verify() {
  return verifyResult(
      *this,
      inferResultType(getInput().getType(), getWeight().getType(), getStrides(),
                      getDilations(), getPads(), getOutputPadding(), getGroup(),
                      [&] { return emitOpError(); }));
}

LogicalResult MatmulOp::verify() {
  return verifyResult(*this,
                      inferResultType(getLhs().getType(), getRhs().getType(),
                                      getTransposeLhs(), getTransposeRhs(),
                                      [&] { return emitOpError(); }));
}

//===----------------------------------------------------------------------===//
// Builders
//===----------------------------------------------------------------------===//

/// Operands that fit no operation yield an operation that does not verify.
static Type typeOr(FailureOr<RankedTensorType> inferred, Value fallback) {
  return succeeded(inferred) ? *inferred : fallback.getType();
}

static DenseI64ArrayAttr orNull(OpBuilder &builder, ArrayRef<int64_t> values) {
  return values.empty() ? DenseI64ArrayAttr()
                        : builder.getDenseI64ArrayAttr(values);
}

static IntegerAttr groupOrNull(OpBuilder &builder, int64_t group) {
  return group == 1 ? IntegerAttr() : builder.getI64IntegerAttr(group);
}

void ConvOp::build(OpBuilder &builder, OperationState &state, Value input,
                   Value weight, ArrayRef<int64_t> strides,
                   ArrayRef<int64_t> dilations, ArrayRef<int64_t> pads,
                   int64_t group) {
  auto type = inferResultType(cast<RankedTensorType>(input.getType()),
                              cast<RankedTensorType>(weight.getType()), strides,
                              dilations, pads, group);
  build(builder, state, typeOr(type, input), input, weight,
        orNull(builder, strides), orNull(builder, dilations),
        orNull(builder, pads), groupOrNull(builder, group), IntegerAttr(),
        IntegerAttr(), IntegerAttr(), MappingAttr());
}

void ConvTransposeOp::build(OpBuilder &builder, OperationState &state,
                            Value input, Value weight,
                            ArrayRef<int64_t> strides,
                            ArrayRef<int64_t> dilations, ArrayRef<int64_t> pads,
                            ArrayRef<int64_t> outputPadding, int64_t group) {
  auto type = inferResultType(cast<RankedTensorType>(input.getType()),
                              cast<RankedTensorType>(weight.getType()), strides,
                              dilations, pads, outputPadding, group);
  build(builder, state, typeOr(type, input), input, weight,
        orNull(builder, strides), orNull(builder, dilations),
        orNull(builder, pads), groupOrNull(builder, group),
        orNull(builder, outputPadding), IntegerAttr(), IntegerAttr(),
        IntegerAttr(), MappingAttr());
}

void MatmulOp::build(OpBuilder &builder, OperationState &state, Value lhs,
                     Value rhs, bool transposeLhs, bool transposeRhs) {
  auto type = inferResultType(cast<RankedTensorType>(lhs.getType()),
                              cast<RankedTensorType>(rhs.getType()),
                              transposeLhs, transposeRhs);
  build(builder, state, typeOr(type, lhs), lhs, rhs,
        transposeLhs ? builder.getUnitAttr() : UnitAttr(),
        transposeRhs ? builder.getUnitAttr() : UnitAttr(), IntegerAttr(),
        IntegerAttr(), IntegerAttr(), MappingAttr());
}
