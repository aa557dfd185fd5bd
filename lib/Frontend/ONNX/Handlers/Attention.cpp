//===- Attention.cpp - Attention as two products a head ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "../Importer.h"

using namespace ohas::onnx;
using namespace mlir;

Value AttentionBuilder::splitHeads(Value value, int64_t heads) {
  ArrayRef<int64_t> dims = dimsOf(value, 3);
  value = reshape(node, value, {dims[0], dims[1], heads, dims[2] / heads});
  return relayout(node, value, {0, 2, 1, 3});
}

Value AttentionBuilder::joinHeads(Value value) {
  value = relayout(node, value, {0, 2, 1, 3});
  ArrayRef<int64_t> dims = dimsOf(value);
  return reshape(node, value, {dims[0], dims[1], dims[2] * dims[3]});
}

Value AttentionBuilder::part(Value value, int64_t axis, int64_t from,
                             int64_t count, bool drop) {
  value = sliceView(node, value, axis, from, count);
  if (!drop)
    return value;
  SmallVector<int64_t> dims(dimsOf(value));
  dims.erase(dims.begin() + axis);
  return reshape(node, value, dims);
}

Value AttentionBuilder::append(Value cache, Value value) {
  if (!cache || form.past.size == 0)
    return value;
  SmallVector<int64_t> dims(dimsOf(value, 4));
  dims[2] = form.totalKeys().size;
  // A cache that is longer than what is in use is read up to there.
  if (dimsOf(cache, 4)[2] > form.past.size)
    cache = sliceView(node, cache, 2, 0, form.past.size);
  OpBuilder &builder = node.builder();
  return electronic(node, "Concat", {cache, value}, type(dims),
                    builder.getNamedAttr("axis", builder.getI64IntegerAttr(2)));
}

Value AttentionBuilder::addBias(Value value, Value bias, int64_t from) {
  if (!bias)
    return value;
  Value own = sliceView(node, bias, 0, from, dimsOf(value).back());
  return electronic(node, "Add", {value, own}, value.getType());
}

/// ONNX's own attention aligns queries with the first keys, unless there are
/// keys of the past; others with the last.
static SmallVector<NamedAttribute>
causalAttributes(NodeContext &node, int64_t total, int64_t length) {
  bool isOwn = node.domain().empty() && node.opType() == "Attention";
  if (!isOwn || node.hasInput(4) || total == length)
    return {};
  OpBuilder &builder = node.builder();
  return {builder.getNamedAttr("past", builder.getI64IntegerAttr(0))};
}

Value AttentionBuilder::attend(Value queries, Value keys, Value values,
                               Value mask, bool isCausal) {
  double size = static_cast<double>(form.size.size);
  double scale = node.getFloat("scale", 0);
  if (scale == 0)
    scale = 1 / std::sqrt(size);
  int32_t elementType = elementTypeOf(node.outputTypes[0]);
  auto scalar = [&](double value) {
    return node.importer.materialize(
        KnownTensor::scalar(elementType, Element::of(value)));
  };
  if (scale != 1)
    queries =
        electronic(node, "Mul", {queries, scalar(scale)}, queries.getType());
  // The queries of all heads that share keys are rows of one product.
  int64_t batch = form.batch.size, heads = form.heads, kvHeads = form.kvHeads;
  int64_t length = form.queries.size, total = form.totalKeys().size;
  int64_t shared = heads / kvHeads;
  Value rows =
      reshape(node, queries, {batch, kvHeads, shared * length, form.size.size});
  Value product =
      matmul(node, rows, keys, type({batch, kvHeads, shared * length, total}),
             /*transposeLhs=*/false, /*transposeRhs=*/true);
  product = reshape(node, product, {batch, heads, length, total});
  scores = product;
  double softcap = node.getFloat("softcap", 0);
  if (softcap != 0) {
    Type same = product.getType();
    product = electronic(node, "Div", {product, scalar(softcap)}, same);
    product = electronic(node, "Tanh", product, same);
    product = electronic(node, "Mul", {product, scalar(softcap)}, same);
  }
  if (mask)
    product = electronic(node, "Add", {product, mask}, product.getType());
  if (isCausal)
    product = electronic(node, "ohas.CausalMask", product, product.getType(),
                         causalAttributes(node, total, length));
  OpBuilder &builder = node.builder();
  Value weights =
      electronic(node, "Softmax", product, product.getType(),
                 builder.getNamedAttr("axis", builder.getI64IntegerAttr(-1)));
  weights = reshape(node, weights, {batch, kvHeads, shared * length, total});
  Value result =
      matmul(node, weights, values,
             type({batch, kvHeads, shared * length, form.valueSize.size}));
  return reshape(node, result, {batch, heads, length, form.valueSize.size});
}

Value ohas::onnx::optionalInput(NodeContext &node, size_t i) {
  return node.hasInput(i) ? node.ir(i) : Value();
}

bool ohas::onnx::areStatic(NodeContext &node, ArrayRef<size_t> inputs) {
  return llvm::all_of(inputs,
                      [&](size_t i) {
                        auto shape = node.inputShape(i);
                        return !node.hasInput(i) ||
                               (node.inputs[i]->type.has_tensor_type() &&
                                shape && numElements(*shape).has_value());
                      }) &&
         isReal(elementTypeOf(node.outputTypes[0]));
}

Type ohas::onnx::outputElement(NodeContext &node) {
  return convertElementType(elementTypeOf(node.outputTypes[0]),
                            node.builder().getContext());
}

Results ohas::onnx::askedOf(NodeContext &node, ArrayRef<Value> all) {
  Results results;
  for (size_t i = 0; i < node.numOutputs(); ++i)
    results.push_back(node.hasOutput(i) && i < all.size() ? all[i] : Value());
  return results;
}

static FailureOr<Results> importAttention(NodeContext &node) {
  auto form = analyzeAttention(node);
  if (failed(form))
    return failure();
  if (!form->isStatic() || !areStatic(node, {0, 1, 2, 4, 5}) ||
      (node.hasInput(4) != node.hasInput(5)))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, *form, outputElement(node));
  Value q = node.ir(0), k = node.ir(1), v = node.ir(2);
  bool isPacked = builder.dimsOf(q).size() == 3;
  if (isPacked) {
    q = builder.splitHeads(q, form->heads);
    k = builder.splitHeads(k, form->kvHeads);
    v = builder.splitHeads(v, form->kvHeads);
  }
  k = builder.append(optionalInput(node, 4), k);
  v = builder.append(optionalInput(node, 5), v);
  Value y = builder.attend(q, k, v, optionalInput(node, 3),
                           node.getInt("is_causal", 0) != 0);
  return askedOf(node,
                 {isPacked ? builder.joinHeads(y) : y, k, v, builder.scores});
}

/// PyTorch's, where its exporter had no ONNX for it: Q, K, V and a mask.
static FailureOr<Results> importScaledDotProduct(NodeContext &node) {
  auto form = analyzeScaledDotProduct(node);
  if (failed(form))
    return failure();
  if (!form->isStatic() || !areStatic(node, {0, 1, 2}))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, *form, outputElement(node));
  return askedOf(node, builder.attend(node.ir(0), node.ir(1), node.ir(2),
                                      optionalInput(node, 3),
                                      /*isCausal=*/false));
}

void ohas::onnx::addAttentionHandlers(ImportTable &table) {
  table.addAll({"Attention"}, importAttention);
  for (StringRef domain : scaledDotProductDomains)
    for (StringRef name : scaledDotProductNames)
      table.add(name, 1, importScaledDotProduct, domain);
}
