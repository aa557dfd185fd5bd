//===- BatchNormFolding.cpp - Batch normalisation into weights --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// BatchNormalization(conv(x, W) + b) with constants is conv(x, s W) + t, where
// s = scale / sqrt(variance + epsilon) and t = bias + s (b - mean), a channel
// each. Values that are there are folded in double precision; where one that
// matters is elided, so is the result, under a key of its own: it stands for a
// tensor that the model does not name.

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "ohas/Optical/Optical.h"
#include <cmath>

using namespace mlir;
using namespace ohas::optical;

namespace {
/// A constant tensor: its values, or the key of those that are elided.
struct ConstantTensor {
  std::optional<SmallVector<float>> values;
  std::string key;
};
} // namespace

/// Fails for what is no constant, and for values in a type other than f32.
static FailureOr<ConstantTensor> readConstant(Value value) {
  ElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)))
    return failure();
  ConstantTensor tensor;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    DenseResourceElementsHandle handle = resource.getRawHandle();
    if (!handle.getBlob()) {
      tensor.key = handle.getKey().str();
      return tensor;
    }
    auto floats = dyn_cast<DenseF32ResourceElementsAttr>(resource);
    std::optional<ArrayRef<float>> data =
        floats ? floats.tryGetAsArrayRef() : std::nullopt;
    if (!data ||
        static_cast<int64_t>(data->size()) != elements.getNumElements())
      return failure();
    tensor.values.emplace(*data);
    return tensor;
  }
  auto dense = dyn_cast<DenseElementsAttr>(elements);
  if (!dense || !dense.getElementType().isF32())
    return failure();
  tensor.values.emplace(dense.value_begin<float>(), dense.value_end<float>());
  return tensor;
}

/// A constant of `values`, or elided under a key derived from `key`.
static Value makeConstant(PatternRewriter &rewriter, Location location,
                          RankedTensorType type,
                          const std::optional<SmallVector<float>> &values,
                          StringRef key) {
  TypedAttr attribute;
  if (values) {
    attribute = DenseElementsAttr::get(type, ArrayRef<float>(*values));
  } else {
    auto &manager =
        DenseResourceElementsHandle::getManagerInterface(type.getContext());
    attribute = DenseResourceElementsAttr::get(
        type, manager.insert((key + ".folded").str()));
  }
  return arith::ConstantOp::create(rewriter, location, attribute);
}

/// The convolution behind `value`, and the constant that is added in between.
static ConvOp matchConvolution(Value value, Value &bias) {
  if (!value.hasOneUse())
    return {};
  if (auto conv = value.getDefiningOp<ConvOp>())
    return conv;
  auto add = value.getDefiningOp<ElectronicOp>();
  if (!add || add.getOpName() != "onnx.Add" || add.getInputs().size() != 2)
    return {};
  for (unsigned side : {0, 1}) {
    auto conv = add.getInputs()[side].getDefiningOp<ConvOp>();
    if (!conv || !conv->hasOneUse() || conv.getType() != value.getType())
      continue;
    bias = add.getInputs()[1 - side];
    return conv;
  }
  return {};
}

/// True if `type` has `channels` elements, all along the dim that broadcasts
/// over the channels of a tensor of `rank`.
static bool isPerChannel(Type type, int64_t channels, int64_t rank) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  int64_t place = tensor ? tensor.getRank() - rank + 1 : -1;
  return place >= 0 && tensor.hasStaticShape() &&
         tensor.getNumElements() == channels &&
         tensor.getDimSize(place) == channels;
}

static bool isVector(Type type, int64_t size) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getRank() == 1 && tensor.getDimSize(0) == size;
}

static double epsilonOf(ElectronicOp norm) {
  DictionaryAttr attributes = norm.getOriginalAttributesAttr();
  auto epsilon =
      attributes ? attributes.getAs<FloatAttr>("epsilon") : FloatAttr();
  return epsilon ? epsilon.getValueAsDouble() : 1e-5;
}

static bool isTraining(ElectronicOp norm) {
  DictionaryAttr attributes = norm.getOriginalAttributesAttr();
  auto mode = attributes ? attributes.getAs<IntegerAttr>("training_mode")
                         : IntegerAttr();
  return mode && !mode.getValue().isZero();
}

namespace {
/// The operands of a normalisation, in the order that ONNX gives them.
struct Parameters {
  ConstantTensor scale, bias, mean, variance, before;

  /// The key of the first elided one that `t` (or, without shifts, `s`) needs;
  /// empty if all values are there.
  std::string elided(bool withShifts) const {
    for (const ConstantTensor *tensor : {&scale, &variance})
      if (!tensor->values)
        return tensor->key;
    for (const ConstantTensor *tensor : {&bias, &mean, &before})
      if (withShifts && !tensor->values)
        return tensor->key;
    return "";
  }
};

struct FoldBatchNorm : OpRewritePattern<ElectronicOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ElectronicOp norm,
                                PatternRewriter &rewriter) const override {
    if (norm.getOpName() != "onnx.BatchNormalization" ||
        norm.getInputs().size() != 5 || norm.getNumResults() != 1 ||
        isTraining(norm))
      return failure();
    Value before;
    ConvOp conv = matchConvolution(norm.getInputs()[0], before);
    if (!conv || conv.getType() != norm.getResult(0).getType() ||
        !isa<FloatType>(conv.getType().getElementType()))
      return failure();
    RankedTensorType weightType = conv.getWeight().getType();
    if (!weightType.hasStaticShape())
      return failure();
    int64_t channels = weightType.getDimSize(0);
    int64_t rank = weightType.getRank();
    if (channels < 1 ||
        (before && !isPerChannel(before.getType(), channels, rank)))
      return failure();

    Parameters parameters;
    ConstantTensor *targets[] = {&parameters.scale, &parameters.bias,
                                 &parameters.mean, &parameters.variance};
    for (auto [target, value] :
         llvm::zip_equal(targets, norm.getInputs().drop_front())) {
      FailureOr<ConstantTensor> tensor = readConstant(value);
      if (failed(tensor) || !isVector(value.getType(), channels))
        return failure();
      *target = std::move(*tensor);
    }
    if (before) {
      FailureOr<ConstantTensor> tensor = readConstant(before);
      if (failed(tensor))
        return failure();
      parameters.before = std::move(*tensor);
    } else {
      parameters.before.values.emplace(channels, 0.0f);
    }
    FailureOr<ConstantTensor> weight = readConstant(conv.getWeight());
    if (failed(weight))
      return failure();
    return rewrite(norm, conv, parameters, *weight, rewriter);
  }

private:
  static LogicalResult rewrite(ElectronicOp norm, ConvOp conv,
                               const Parameters &parameters,
                               ConstantTensor &weight,
                               PatternRewriter &rewriter) {
    RankedTensorType weightType = conv.getWeight().getType();
    int64_t channels = weightType.getDimSize(0);
    std::optional<SmallVector<float>> shifts;
    std::string elidedScale = parameters.elided(/*withShifts=*/false);
    std::string elidedShift = parameters.elided(/*withShifts=*/true);
    if (elidedShift.empty())
      shifts.emplace();
    // Values that are there are not thrown away for a factor that is not.
    if (weight.values && !elidedScale.empty())
      return failure();
    if (elidedScale.empty()) {
      int64_t perChannel = weightType.getNumElements() / channels;
      for (int64_t m = 0; m < channels; ++m) {
        double scale =
            (*parameters.scale.values)[m] /
            std::sqrt((*parameters.variance.values)[m] + epsilonOf(norm));
        if (!std::isfinite(scale))
          return failure();
        if (weight.values)
          for (int64_t i = 0; i < perChannel; ++i)
            (*weight.values)[m * perChannel + i] *= scale;
        if (shifts)
          shifts->push_back((*parameters.bias.values)[m] +
                            scale * (double((*parameters.before.values)[m]) -
                                     (*parameters.mean.values)[m]));
      }
    }

    SmallVector<int64_t> shape(weightType.getRank() - 1, 1);
    shape.front() = channels;
    rewriter.setInsertionPoint(conv);
    Value folded = makeConstant(rewriter, conv.getWeight().getLoc(), weightType,
                                weight.values, weight.key);
    rewriter.modifyOpInPlace(conv,
                             [&] { conv.getWeightMutable().assign(folded); });
    rewriter.setInsertionPoint(norm);
    Value shift = makeConstant(
        rewriter, norm.getInputs()[2].getLoc(),
        RankedTensorType::get(shape, conv.getType().getElementType()), shifts,
        elidedShift);
    rewriter.replaceOpWithNewOp<ElectronicOp>(
        norm, norm->getResultTypes(), rewriter.getStringAttr("onnx.Add"),
        ValueRange{conv.getResult(), shift},
        OperationClassAttr::get(norm.getContext(), OperationClass::Elementwise),
        norm.getOpsetAttr(), DictionaryAttr());
    return success();
  }
};
} // namespace

void ElectronicOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                               MLIRContext *context) {
  patterns.add<FoldBatchNorm>(context);
}
