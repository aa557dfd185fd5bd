//===- Attention.h - Queries, keys and values of an attention ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX's Attention and those of ONNX Runtime (com.microsoft) compute the same,
//   Y = softmax(scale Q K^T + mask) V for every head,
// but pack heads, projections and the cache of past keys each in its own way.
// AttentionForm is what they have in common.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_ATTENTION_H
#define OHAS_LIB_FRONTEND_ONNX_ATTENTION_H

#include "NodeContext.h"

namespace ohas::onnx {

struct AttentionForm {
  Dim batch, queries;
  /// Keys of this step, and those of the cache before it.
  Dim keys, past = 0;
  /// Several heads of queries may share one head of keys and values.
  int64_t heads = 0, kvHeads = 0;
  /// Elements of a head of queries and keys, and of values.
  Dim size, valueSize;

  Dim totalKeys() const;
  /// True if a cost can be told: all dims are known, none is empty, and the
  /// heads divide.
  bool isStatic() const;
};

// The form of a node of one of the kinds below; dims that do not follow stay
// unknown. Fails with a diagnostic where attributes or inputs contradict.

/// ONNX's, of opset 23: Q, K and V with heads as a dim or packed.
mlir::FailureOr<AttentionForm> analyzeAttention(NodeContext &node);
/// PyTorch's scaled_dot_product_attention of exported ATen operators, and
/// ONNX's FlexAttention on trial: Q, K and V of [batch, heads, length, size].
mlir::FailureOr<AttentionForm> analyzeScaledDotProduct(NodeContext &node);
inline constexpr llvm::StringLiteral scaledDotProductDomains[] = {
    "aten", "org.pytorch.aten", "ai.onnx.preview"};
inline constexpr llvm::StringLiteral scaledDotProductNames[] = {
    "aten_scaled_dot_product_attention",
    "aten_scaled_dot_product_attention_default", "scaled_dot_product_attention",
    "FlexAttention"};
/// ONNX's LinearAttention: keys and values pass through a state of their
/// product.
mlir::FailureOr<AttentionForm> analyzeLinearAttention(NodeContext &node);
/// com.microsoft.Attention, QAttention, DecoderMaskedSelfAttention: one input
/// that is projected to all three.
mlir::FailureOr<AttentionForm> analyzeProjectedAttention(NodeContext &node);
/// com.microsoft.MultiHeadAttention, DecoderMaskedMultiHeadAttention.
mlir::FailureOr<AttentionForm> analyzeMultiHeadAttention(NodeContext &node);
/// com.microsoft.GroupQueryAttention.
mlir::FailureOr<AttentionForm> analyzeGroupQueryAttention(NodeContext &node);

/// The attribute 'qkv_hidden_sizes' has three sizes, or none.
mlir::LogicalResult checkHiddenSizes(NodeContext &node,
                                     llvm::ArrayRef<int64_t> sizes);

/// The input at which a projected attention keeps its cache, by its kind.
size_t pastInputOfProjected(const NodeContext &node);

Dim sumOf(const Dim &a, const Dim &b);
Dim productOf(const Dim &a, const Dim &b);
/// Unknown unless `divisor` divides.
Dim quotientOf(const Dim &dim, int64_t divisor);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_ATTENTION_H
