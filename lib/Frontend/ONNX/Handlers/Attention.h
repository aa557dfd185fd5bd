//===- Attention.h - Attention as two products a head -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Light multiplies queries by keys, and the weights that softmax makes of them
// by values. Everything between is electronic. Heads are taken apart and joined
// by addressing, which costs nothing.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_HANDLERS_ATTENTION_H
#define OHAS_LIB_FRONTEND_ONNX_HANDLERS_ATTENTION_H

#include "../Attention.h"
#include "Build.h"
#include <functional>

namespace ohas::onnx {

/// Builds one attention from values of [batch, heads, length, size].
class AttentionBuilder {
public:
  AttentionBuilder(NodeContext &node, const AttentionForm &form,
                   mlir::Type element)
      : node(node), form(form), element(element) {}

  /// [batch, length, heads x size] to [batch, heads, length, size], and back.
  mlir::Value splitHeads(mlir::Value value, int64_t heads);
  mlir::Value joinHeads(mlir::Value value);

  /// A part of a value along `axis`, without that dim if `drop`.
  mlir::Value part(mlir::Value value, int64_t axis, int64_t from, int64_t count,
                   bool drop = false);
  /// The cache, if the node has one and it holds anything, with `value` added.
  mlir::Value append(mlir::Value cache, mlir::Value value);
  mlir::Value addBias(mlir::Value value, mlir::Value bias, int64_t from);

  /// softmax(scale Q K^T + mask) V, with heads still a dim. `scores` becomes
  /// what is there after the step that `scoresAfter` says.
  mlir::Value attend(mlir::Value queries, mlir::Value keys, mlir::Value values,
                     mlir::Value mask, bool isCausal);

  mlir::RankedTensorType type(llvm::ArrayRef<int64_t> dims) const {
    return tensorType(node, dims, element);
  }
  llvm::ArrayRef<int64_t> dimsOf(mlir::Value value,
                                 std::optional<int64_t> rank = {}) const {
    return rankedType(node, value, rank).getShape();
  }

  NodeContext &node;
  const AttentionForm &form;
  mlir::Type element;
  /// As ONNX numbers them: product, softcap, masks, softmax.
  int64_t scoresAfter = 0;
  mlir::Value scores;
  /// Lengths of the keys, one a batch; null if all are whole.
  mlir::Value lengths;
  /// ONNX Runtime's mask of keys, in any of its forms, and what is added to
  /// scores of keys that are masked out.
  mlir::Value keyMask;
  /// The model's own functions of scores and of weights.
  std::function<mlir::Value(mlir::Value)> changeScores, changeWeights;

private:
  mlir::Value softcap(mlir::Value product);
  mlir::Value maskScores(mlir::Value product, mlir::Value mask, bool isCausal);
  mlir::Value scalar(double value);
  void note(int64_t step, mlir::Value value) {
    if (step == scoresAfter)
      scores = value;
  }
};

/// An input, or null where it is absent.
mlir::Value optionalInput(NodeContext &node, size_t i);

/// All of the inputs that are given are tensors of static shapes, and the
/// result is one of floats.
bool areStatic(NodeContext &node, llvm::ArrayRef<size_t> inputs);

/// Of `all`, those that the node asks for.
Results askedOf(NodeContext &node, llvm::ArrayRef<mlir::Value> all);

/// The element type of the node's first output.
mlir::Type outputElement(NodeContext &node);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_HANDLERS_ATTENTION_H
