//===- NewerOperators.cpp - Operators since opset 18 ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From the operator change logs of ONNX 1.13 to 1.23 (docs/Changelog.md and
// docs/Changelog-ml.md there). Operators of ai.onnx.ml have their domain before
// the name.
//
//===----------------------------------------------------------------------===//

#include "Schemas.h"

using namespace ohas::onnx;

static constexpr unsigned any = 1u << 30;

static constexpr NewerOperator table[] = {
    // New operators: inputs (least, most), outputs, all attributes.
    {"BitwiseAnd", 18, true, 2, 2, 1, ""},
    {"BitwiseNot", 18, true, 1, 1, 1, ""},
    {"BitwiseOr", 18, true, 2, 2, 1, ""},
    {"BitwiseXor", 18, true, 2, 2, 1, ""},
    {"CenterCropPad", 18, true, 2, 2, 1, "axes"},
    {"Col2Im", 18, true, 3, 3, 1, "dilations pads strides"},
    {"GroupNormalization", 18, true, 3, 3, 1, "epsilon num_groups stash_type"},
    {"Mish", 18, true, 1, 1, 1, ""},
    {"DeformConv", 19, true, 3, 5, 1,
     "dilations group kernel_shape offset_group pads strides"},
    {"AffineGrid", 20, true, 2, 2, 1, "align_corners"},
    {"Gelu", 20, true, 1, 1, 1, "approximate"},
    {"ImageDecoder", 20, true, 1, 1, 1, "pixel_format"},
    {"RegexFullMatch", 20, true, 1, 1, 1, "pattern"},
    {"StringConcat", 20, true, 2, 2, 1, ""},
    {"StringSplit", 20, true, 1, 1, 2, "delimiter maxsplit"},
    {"Attention", 23, true, 3, 7, 4,
     "is_causal kv_num_heads q_num_heads qk_matmul_output_mode scale softcap "
     "softmax_precision"},
    {"RMSNormalization", 23, true, 2, 2, 1, "axis epsilon stash_type"},
    {"RotaryEmbedding", 23, true, 3, 4, 1,
     "interleaved num_heads rotary_embedding_dim"},
    {"Swish", 24, true, 1, 1, 1, "alpha"},
    {"TensorScatter", 24, true, 2, 3, 1, "axis mode"},
    {"BitCast", 26, true, 1, 1, 1, "to"},
    {"CumProd", 26, true, 2, 2, 1, "exclusive reverse"},
    {"CausalConvWithState", 27, true, 2, 4, 2, "activation"},
    {"LinearAttention", 27, true, 3, 6, 2,
     "chunk_size kv_num_heads q_num_heads scale update_rule"},
    {"SwiGLU", 28, true, 2, 2, 1, "alpha"},
    {"ai.onnx.ml.TreeEnsemble", 5, true, 1, 1, 1,
     "aggregate_function leaf_targetids leaf_weights membership_values "
     "n_targets nodes_falseleafs nodes_falsenodeids nodes_featureids "
     "nodes_hitrates nodes_missing_value_tracks_true nodes_modes nodes_splits "
     "nodes_trueleafs nodes_truenodeids post_transform tree_roots"},
    // Additions: the most inputs, attributes beside the old ones. What moved
    // from an attribute to an input is accepted in both places.
    {"Pad", 18, false, 2, 4, 1, ""},
    {"ReduceL1", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceL2", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceLogSum", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceLogSumExp", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceMax", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceMean", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceMin", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceProd", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"ReduceSumSquare", 18, false, 1, 2, 1, "noop_with_empty_axes"},
    {"LpPool", 18, false, 1, 1, 1, "ceil_mode dilations"},
    {"Resize", 18, false, 1, 4, 1, "antialias axes keep_aspect_ratio_policy"},
    {"ScatterElements", 18, false, 3, 3, 1, ""},
    {"ScatterND", 18, false, 3, 3, 1, ""},
    {"Split", 18, false, 1, 2, any, "num_outputs"},
    {"OptionalGetElement", 18, false, 1, 1, 1, ""},
    {"OptionalHasElement", 18, false, 0, 1, 1, ""},
    {"AveragePool", 19, false, 1, 1, 1, "dilations"},
    {"Cast", 19, false, 1, 1, 1, "saturate round_mode"},
    {"CastLike", 19, false, 2, 2, 1, "saturate round_mode"},
    {"QuantizeLinear", 19, false, 2, 3, 1,
     "saturate block_size output_dtype precision"},
    {"DequantizeLinear", 19, false, 2, 3, 1, "block_size output_dtype"},
    {"Equal", 19, false, 2, 2, 1, ""},
    {"ConstantOfShape", 20, false, 1, 1, 1, ""},
    {"DFT", 20, false, 1, 3, 1, ""},
    {"GridSample", 20, false, 2, 2, 1, ""},
    {"IsInf", 20, false, 1, 1, 1, ""},
    {"IsNaN", 20, false, 1, 1, 1, ""},
    {"Attention", 25, false, 3, 7, 4, "left_window_size right_window_size"},
    {"Range", 27, false, 3, 3, 1, "stash_type"},
    {"ai.onnx.ml.LabelEncoder", 4, false, 1, 1, 1,
     "default_tensor keys_tensor values_tensor"},
};

/// What later opsets took away; of the default domain libonnx knows all.
static constexpr RemovedOperator removals[] = {
    {"ai.onnx.ml.TreeEnsembleClassifier", 5},
    {"ai.onnx.ml.TreeEnsembleRegressor", 5},
};

llvm::ArrayRef<RemovedOperator> ohas::onnx::removedOperatorTable() {
  return removals;
}

llvm::ArrayRef<NewerOperator> ohas::onnx::newerOperatorTable() { return table; }

llvm::SmallVector<const NewerOperator *>
ohas::onnx::newerOperators(llvm::StringRef op, int64_t opset) {
  llvm::SmallVector<const NewerOperator *> found;
  for (const NewerOperator &row : table)
    if (row.name == op && row.since <= opset)
      found.push_back(&row);
  return found;
}

int64_t ohas::onnx::newOperatorSince(llvm::StringRef op) {
  for (const NewerOperator &row : table)
    if (row.isNew && row.name == op)
      return row.since;
  return 0;
}
