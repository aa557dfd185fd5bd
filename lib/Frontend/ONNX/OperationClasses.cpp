//===- OperationClasses.cpp - What electronics do for an operator -*-C++-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operators.h"
#include "Schemas.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ohas::onnx;
using ohas::cost::OperationClass;

namespace {
struct ClassRow {
  OperationClass operationClass;
  std::initializer_list<llvm::StringRef> operators;
};
} // namespace

static const ClassRow rows[] = {
    {OperationClass::Shape,
     {"Shape", "Size", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity",
      "Constant", "ConstantOfShape", "ConstantFill", "Range", "EyeLike",
      "Dropout", "BitCast", "GivenTensorFill", "RandomNormal",
      "RandomNormalLike", "RandomUniform", "RandomUniformLike"}},
    {OperationClass::Movement,
     {"Transpose",    "Concat",          "Split",          "Slice",
      "DynamicSlice", "Gather",          "GatherElements", "GatherND",
      "Scatter",      "ScatterElements", "ScatterND",      "TensorScatter",
      "Pad",          "CenterCropPad",   "Crop",           "Expand",
      "Tile",         "DepthToSpace",    "SpaceToDepth",   "ReverseSequence",
      "Compress",     "Col2Im",          "Im2Col",         "DeformableIm2Col",
      "Stack",        "UpdateCache",     "RestorePadding", "RemovePadding",
      "Trilu",        "NonZero",         "OneHot",         "Unique",
      "Upsample",     "Resize",          "GridSample",     "AffineGrid"}},
    {OperationClass::Elementwise,
     {"Add",
      "Sub",
      "Mul",
      "Div",
      "Mod",
      "Pow",
      "Neg",
      "Abs",
      "Sign",
      "Min",
      "Max",
      "Sum",
      "Mean",
      "Where",
      "Equal",
      "Greater",
      "GreaterOrEqual",
      "Less",
      "LessOrEqual",
      "And",
      "Or",
      "Xor",
      "Not",
      "BitShift",
      "BitwiseAnd",
      "BitwiseOr",
      "BitwiseXor",
      "BitwiseNot",
      "Einsum",
      "CausalMask",
      "BooleanMask",
      "KeyMask",
      "LengthMask",
      "RaggedMask",
      "WindowMask",
      "Ceil",
      "CastLike",
      "BiasAdd",
      "BiasDropout",
      "BitmaskDropout",
      "BitmaskBiasDropout",
      "InPlaceAccumulator",
      "InPlaceAccumulatorV2",
      "Floor",
      "Round",
      "Cast",
      "Clip",
      "Reciprocal",
      "IsInf",
      "IsNaN",
      "Affine",
      "ImageScaler",
      "Scale",
      "RotaryEmbedding"}},
    {OperationClass::Activation,
     {"Relu",
      "LeakyRelu",
      "PRelu",
      "ThresholdedRelu",
      "Elu",
      "Selu",
      "Celu",
      "Sigmoid",
      "HardSigmoid",
      "HardSwish",
      "Tanh",
      "Softplus",
      "Softsign",
      "Shrink",
      "Gelu",
      "FastGelu",
      "QuickGelu",
      "BiasGelu",
      "BiasSplitGelu",
      "Mish",
      "Swish",
      "Exp",
      "Log",
      "Sqrt",
      "Erf",
      "Sin",
      "Cos",
      "Tan",
      "Asin",
      "Acos",
      "Atan",
      "Sinh",
      "Cosh",
      "Asinh",
      "Acosh",
      "Atanh",
      "ParametricSoftplus",
      "ScaledTanh",
      "Silu",
      "SwiGLU"}},
    {OperationClass::Softmax,
     {"Softmax", "LogSoftmax", "Hardmax", "BiasSoftmax", "Softmax_13",
      "MaskedSoftmax", "AttentionSink", "SoftmaxCrossEntropyLoss",
      "NegativeLogLikelihoodLoss"}},
    {OperationClass::Normalization,
     {"BatchNormalization", "InstanceNormalization", "LayerNormalization",
      "GroupNormalization", "RMSNormalization", "MeanVarianceNormalization",
      "LpNormalization", "LRN", "SkipLayerNormalization",
      "SimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization",
      "EmbedLayerNormalization", "GroupNorm", "SkipGroupNorm", "Normalizer",
      "Scaler"}},
    {OperationClass::Pooling,
     {"AveragePool", "MaxPool", "LpPool", "GlobalAveragePool", "GlobalMaxPool",
      "GlobalLpPool", "MaxRoiPool", "RoiAlign", "MaxUnpool"}},
    {OperationClass::Reduction,
     {"ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd",
      "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp",
      "ReduceSumSquare", "ArgMax", "ArgMin", "CumSum", "CumProd", "TopK"}},
    {OperationClass::Quantization,
     {"QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "Quant",
      "BipolarQuant", "Trunc", "Requantize", "Rescale", "DequantizeBlocks",
      "ZeroPointCorrection"}},
    {OperationClass::Control,
     {"If", "Loop", "Scan", "SequenceAt", "SequenceConstruct", "SequenceEmpty",
      "SequenceErase", "SequenceInsert", "SequenceLength", "SequenceMap",
      "SplitToSequence", "ConcatFromSequence", "Optional", "OptionalGetElement",
      "OptionalHasElement"}},
};

OperationClass ohas::onnx::operationClass(llvm::StringRef domain,
                                          llvm::StringRef op) {
  static const llvm::StringMap<OperationClass> table = [] {
    llvm::StringMap<OperationClass> table;
    for (const ClassRow &row : rows)
      for (llvm::StringRef op : row.operators)
        table[op] = row.operationClass;
    return table;
  }();
  // Operators of other domains that share a name share the work, and so do
  // their quantised forms and gradients.
  if (!isBuiltinDomain(domain)) {
    op.consume_front("QLinear");
    op.consume_front("Nhwc");
  }
  op.consume_back("Grad");
  auto found = table.find(op);
  return found == table.end() ? OperationClass::Other : found->second;
}
