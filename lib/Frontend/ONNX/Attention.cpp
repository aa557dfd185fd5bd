//===- Attention.cpp - Queries, keys and values of an attention -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "Importer.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::onnx;
using namespace mlir;

Dim ohas::onnx::sumOf(const Dim &a, const Dim &b) {
  int64_t sum;
  if (!a.isKnown() || !b.isKnown() || llvm::AddOverflow(a.size, b.size, sum))
    return a.isKnown() && a.size == 0   ? b
           : b.isKnown() && b.size == 0 ? a
                                        : Dim();
  return sum;
}

Dim ohas::onnx::productOf(const Dim &a, const Dim &b) {
  int64_t product;
  if (!a.isKnown() || !b.isKnown() ||
      llvm::MulOverflow(a.size, b.size, product))
    return Dim();
  return product;
}

Dim ohas::onnx::quotientOf(const Dim &dim, int64_t divisor) {
  return dim.isKnown() && divisor > 0 && dim.size % divisor == 0
             ? Dim(dim.size / divisor)
             : Dim();
}

Dim AttentionForm::totalKeys() const { return sumOf(past, keys); }

bool AttentionForm::isStatic() const {
  for (const Dim &dim : {batch, queries, totalKeys(), size, valueSize})
    if (!dim.isKnown() || dim.size < 1)
      return false;
  return heads > 0 && kvHeads > 0 && heads % kvHeads == 0;
}

/// A required attribute that counts heads.
static FailureOr<int64_t> headsOf(NodeContext &node, StringRef attribute) {
  int64_t heads = node.getInt(attribute, 0);
  if (heads < 1 || heads > INT32_MAX)
    return node.emitError() << "attribute '" << attribute << "' is " << heads
                            << "; a number of heads is needed";
  return heads;
}

/// Heads of queries and those of keys and values, where both are attributes.
static LogicalResult readHeadCounts(NodeContext &node, AttentionForm &form,
                                    StringRef queryAttribute) {
  auto heads = headsOf(node, queryAttribute);
  auto kvHeads = failed(heads) ? heads : headsOf(node, "kv_num_heads");
  if (failed(kvHeads))
    return failure();
  form.heads = *heads;
  form.kvHeads = *kvHeads;
  return success();
}

/// The dim of a cache that counts keys; 0 without a cache.
static Dim pastOf(const NodeContext &node, size_t input, size_t axis) {
  if (!node.hasInput(input))
    return 0;
  auto shape = node.inputShape(input);
  return shape && axis < shape->size() ? (*shape)[axis] : Dim();
}

static LogicalResult wrongRank(NodeContext &node, size_t input,
                               ArrayRef<Dim> shape) {
  return node.emitError() << "its input " << input << " cannot be "
                          << toString(shape);
}

/// Reads off dims of [batch, heads, length, size].
static void readHeads(AttentionForm &form, ArrayRef<Dim> q, ArrayRef<Dim> k,
                      ArrayRef<Dim> v) {
  form.batch = q[0];
  form.heads = q[1].isKnown() ? q[1].size : 0;
  form.kvHeads = k[1].isKnown() ? k[1].size : 0;
  form.queries = q[2];
  form.keys = k[2];
  form.size = q[3];
  form.valueSize = v[3];
}

FailureOr<AttentionForm> ohas::onnx::analyzeAttention(NodeContext &node) {
  AttentionForm form;
  form.past = pastOf(node, 4, 2);
  auto q = node.inputShape(0), k = node.inputShape(1), v = node.inputShape(2);
  if (!q || !k || !v)
    return form;
  for (auto [i, shape] : {std::pair(0, &*q), {1, &*k}, {2, &*v}})
    if ((shape->size() != 3 && shape->size() != 4) ||
        shape->size() != q->size())
      return wrongRank(node, i, *shape);
  if (q->size() == 4) {
    readHeads(form, *q, *k, *v);
    return form;
  }
  if (failed(readHeadCounts(node, form, "q_num_heads")))
    return failure();
  form.batch = (*q)[0];
  form.queries = (*q)[1];
  form.keys = (*k)[1];
  form.size = quotientOf((*q)[2], form.heads);
  form.valueSize = quotientOf((*v)[2], form.kvHeads);
  return form;
}

FailureOr<AttentionForm>
ohas::onnx::analyzeScaledDotProduct(NodeContext &node) {
  AttentionForm form;
  auto q = node.inputShape(0), k = node.inputShape(1), v = node.inputShape(2);
  if (q && k && v && q->size() == 4 && k->size() == 4 && v->size() == 4)
    readHeads(form, *q, *k, *v);
  return form;
}

size_t ohas::onnx::pastInputOfProjected(const NodeContext &node) {
  return node.opType() == "QAttention" ? 8 : 4;
}

LogicalResult ohas::onnx::checkHiddenSizes(NodeContext &node,
                                           ArrayRef<int64_t> sizes) {
  if (!sizes.empty() && sizes.size() != 3)
    return node.emitError() << "attribute 'qkv_hidden_sizes' has "
                            << sizes.size() << " entries where 3 are expected";
  for (int64_t size : sizes)
    if (size < 1 || size > INT32_MAX)
      return node.emitError() << "attribute 'qkv_hidden_sizes' has " << size
                              << ", which is out of range";
  return success();
}

FailureOr<AttentionForm>
ohas::onnx::analyzeProjectedAttention(NodeContext &node) {
  AttentionForm form;
  auto heads = headsOf(node, "num_heads");
  if (failed(heads))
    return failure();
  form.heads = form.kvHeads = *heads;
  // The cache is [2, batch, heads, keys, size].
  form.past = pastOf(node, pastInputOfProjected(node), 3);
  if (auto input = node.inputShape(0)) {
    if (input->size() != 3)
      return wrongRank(node, 0, *input);
    form.batch = (*input)[0];
    form.queries = form.keys = (*input)[1];
  }
  SmallVector<int64_t> sizes = node.getInts("qkv_hidden_sizes");
  if (failed(checkHiddenSizes(node, sizes)))
    return failure();
  if (!sizes.empty()) {
    form.size = quotientOf(sizes[0], *heads);
    form.valueSize = quotientOf(sizes[2], *heads);
  } else if (auto weight = node.inputShape(1)) {
    if (weight->size() != 2)
      return wrongRank(node, 1, *weight);
    form.size = form.valueSize =
        quotientOf(quotientOf((*weight)[1], 3), *heads);
  }
  return form;
}

FailureOr<AttentionForm>
ohas::onnx::analyzeMultiHeadAttention(NodeContext &node) {
  AttentionForm form;
  auto heads = headsOf(node, "num_heads");
  if (failed(heads))
    return failure();
  form.heads = form.kvHeads = *heads;
  bool isDecoder = node.opType().starts_with("Decoder");
  form.past = pastOf(node, isDecoder ? 5 : 6, 2);
  auto q = node.inputShape(0), k = node.inputShape(1), v = node.inputShape(2);
  if (!q)
    return form;
  if (q->size() != 3 && q->size() != 5)
    return wrongRank(node, 0, *q);
  form.batch = (*q)[0];
  form.queries = (*q)[1];
  form.size = q->size() == 5 ? (*q)[4] : quotientOf((*q)[2], *heads);
  // Packed: [batch, queries, heads, 3, size]; keys and values may be, too.
  if (q->size() == 5 || !node.hasInput(1)) {
    form.keys = form.queries;
    form.valueSize = form.size;
    return form;
  }
  if (!k)
    return form;
  if (k->size() < 3 || k->size() > 5)
    return wrongRank(node, 1, *k);
  form.keys = (*k)[k->size() == 4 ? 2 : 1];
  if (k->size() == 5)
    form.valueSize = form.size;
  else if (v && v->size() == 4)
    form.valueSize = (*v)[3];
  else if (v && v->size() == 3)
    form.valueSize = quotientOf((*v)[2], *heads);
  // Keys with heads as a dim are the whole of another sequence.
  if (k->size() == 4)
    form.past = 0;
  return form;
}

FailureOr<AttentionForm>
ohas::onnx::analyzeGroupQueryAttention(NodeContext &node) {
  AttentionForm form;
  if (failed(readHeadCounts(node, form, "num_heads")))
    return failure();
  form.past = pastOf(node, 3, 2);
  auto q = node.inputShape(0);
  if (!q)
    return form;
  if (q->size() != 3)
    return wrongRank(node, 0, *q);
  form.batch = (*q)[0];
  form.queries = form.keys = (*q)[1];
  bool isPacked = !node.hasInput(1);
  form.size = quotientOf((*q)[2],
                         isPacked ? form.heads + 2 * form.kvHeads : form.heads);
  form.valueSize = form.size;
  // A cache that is allocated for the longest sequence: the length is given.
  if (auto total = node.knownInts(6); total && total->size() == 1 &&
                                      form.keys.isKnown() &&
                                      (*total)[0] >= form.keys.size)
    form.past = (*total)[0] - form.keys.size;
  return form;
}

FailureOr<AttentionForm> ohas::onnx::analyzeLinearAttention(NodeContext &node) {
  AttentionForm form;
  if (failed(readHeadCounts(node, form, "q_num_heads")))
    return failure();
  auto q = node.inputShape(0), v = node.inputShape(2);
  for (auto [i, shape] : {std::pair(0, &q), {2, &v}})
    if (*shape && (*shape)->size() != 3)
      return wrongRank(node, i, **shape);
  if (q) {
    form.batch = (*q)[0];
    form.queries = form.keys = (*q)[1];
    form.size = quotientOf((*q)[2], form.heads);
  }
  if (v)
    form.valueSize = quotientOf((*v)[2], form.kvHeads);
  return form;
}
