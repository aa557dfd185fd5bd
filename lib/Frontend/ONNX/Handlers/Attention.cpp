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

/// ONNX's own attention has queries from right after the past keys on; others
/// have the last of them at the last key.
static SmallVector<NamedAttribute> causalAttributes(NodeContext &node,
                                                    const AttentionForm &form) {
  bool isOwn = node.domain().empty() && node.opType() == "Attention";
  int64_t past = form.past.size;
  if (!isOwn || past == form.totalKeys().size - form.queries.size)
    return {};
  OpBuilder &builder = node.builder();
  return {builder.getNamedAttr("past", builder.getI64IntegerAttr(past))};
}

Value AttentionBuilder::scalar(double value) {
  return node.importer.materialize(KnownTensor::scalar(
      elementTypeOf(node.outputTypes[0]), Element::of(value)));
}

Value AttentionBuilder::softcap(Value product) {
  double cap = node.getFloat("softcap", 0);
  if (cap == 0)
    return product;
  Type same = product.getType();
  product = electronic(node, "Div", {product, scalar(cap)}, same);
  product = electronic(node, "Tanh", product, same);
  return electronic(node, "Mul", {product, scalar(cap)}, same);
}

/// A mask of fewer keys than there are masks the others out.
static Value widenMask(NodeContext &node, Value mask, int64_t total) {
  auto type = dyn_cast<RankedTensorType>(mask.getType());
  if (!type || type.getRank() == 0)
    return mask;
  int64_t axis = type.getRank() - 1, keys = type.getDimSize(axis);
  if (ShapedType::isDynamic(keys) || keys == 1 || keys >= total)
    return mask;
  SmallVector<int64_t> dims(type.getShape());
  dims[axis] = total;
  std::vector<Element> pads(2 * type.getRank(), Element::of(int64_t(0)));
  pads.back() = Element::of(total - keys);
  auto constant = [&](const KnownTensor &tensor) {
    return node.importer.materialize(tensor);
  };
  SmallVector<Value> inputs = {mask,
                               constant(KnownTensor::vector(Int64, pads))};
  if (!type.getElementType().isInteger(1))
    inputs.push_back(constant(KnownTensor::scalar(
        elementTypeOf(node.outputTypes[0]),
        Element::of(-std::numeric_limits<double>::infinity()))));
  return electronic(node, "Pad", inputs, type.clone(dims));
}

Value AttentionBuilder::maskScores(Value product, Value mask, bool isCausal) {
  Type same = product.getType();
  int64_t total = form.totalKeys().size;
  OpBuilder &builder = node.builder();
  if (mask) {
    bool isBoolean = getElementTypeOrSelf(mask.getType()).isInteger(1);
    product = electronic(node, isBoolean ? "ohas.BooleanMask" : "Add",
                         {product, widenMask(node, mask, total)}, same);
  }
  if (keyMask)
    product = electronic(
        node, "ohas.KeyMask", {product, keyMask}, same,
        builder.getNamedAttr("filter",
                             builder.getF32FloatAttr(static_cast<float>(
                                 node.getFloat("mask_filter_value", -10000)))));
  if (lengths)
    product = electronic(node, "ohas.LengthMask", {product, lengths}, same);
  if (!isCausal)
    return product;
  SmallVector<Value> inputs = {product};
  if (lengths)
    inputs.push_back(lengths);
  return electronic(node, "ohas.CausalMask", inputs, same,
                    causalAttributes(node, form));
}

Value AttentionBuilder::attend(Value queries, Value keys, Value values,
                               Value mask, bool isCausal) {
  double size = static_cast<double>(form.size.size);
  double scale = node.getFloat("scale", 0);
  if (scale == 0)
    scale = 1 / std::sqrt(size);
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
  note(0, product);
  product = softcap(product);
  note(1, product);
  if (changeScores)
    product = changeScores(product);
  product = maskScores(product, mask, isCausal);
  note(2, product);
  // ONNX's own attention gives zero where all keys are masked out.
  bool isOwn = node.domain().empty() && node.opType() == "Attention";
  OpBuilder &builder = node.builder();
  Value weights = electronic(
      node, isOwn && (mask || lengths) ? "ohas.MaskedSoftmax" : "Softmax",
      product, product.getType(),
      builder.getNamedAttr("axis", builder.getI64IntegerAttr(-1)));
  if (changeWeights)
    weights = changeWeights(weights);
  note(3, weights);
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
  builder.lengths = optionalInput(node, 6);
  builder.scoresAfter = node.getInt("qk_matmul_output_mode", 0);
  Value y = builder.attend(q, k, v, optionalInput(node, 3),
                           node.getInt("is_causal", 0) != 0);
  return askedOf(node,
                 {isPacked ? builder.joinHeads(y) : y, k, v, builder.scores});
}

/// What a graph in an attribute makes of a tensor, in place; the tensor itself,
/// and `isWrong`, if it cannot be imported.
static Value expand(NodeContext &node, StringRef name, Value value,
                    bool &isWrong) {
  ValueInfo input;
  Shape shape;
  for (int64_t dim : cast<RankedTensorType>(value.getType()).getShape())
    shape.push_back(Dim(dim));
  setTensorType(input.type, elementTypeOf(node.outputTypes[0]), shape);
  input.ir = value;
  SmallVector<ValueInfo> outputs;
  if (failed(node.importer.importSubgraph(node.attribute(name)->g(), node,
                                          input, outputs))) {
    isWrong = true;
    return value;
  }
  if (outputs.size() != 1 ||
      node.importer.materialize(outputs[0]).getType() != value.getType()) {
    node.emitError() << "its '" << name << "' is no function of one tensor";
    isWrong = true;
    return value;
  }
  return outputs[0].ir;
}

/// PyTorch's, where its exporter had no ONNX for it: Q, K, V and a mask.
static FailureOr<Results> importScaledDotProduct(NodeContext &node) {
  auto form = analyzeScaledDotProduct(node);
  if (failed(form))
    return failure();
  if (!form->isStatic() || !areStatic(node, {0, 1, 2}))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, *form, outputElement(node));
  bool isWrong = false;
  auto functionOf = [&](StringRef name) -> std::function<Value(Value)> {
    const AttributeProto *attribute = node.attribute(name);
    if (!attribute || !attribute->has_g())
      return nullptr;
    return [&node, &isWrong, name](Value value) {
      return isWrong ? value : expand(node, name, value, isWrong);
    };
  };
  builder.changeScores = functionOf("score_mod");
  builder.changeWeights = functionOf("prob_mod");
  Value y = builder.attend(node.ir(0), node.ir(1), node.ir(2),
                           optionalInput(node, 3), /*isCausal=*/false);
  if (isWrong)
    return failure();
  return askedOf(node, y);
}

void ohas::onnx::addAttentionHandlers(ImportTable &table) {
  table.addAll({"Attention"}, importAttention);
  for (StringRef domain : scaledDotProductDomains)
    for (StringRef name : scaledDotProductNames)
      table.add(name, 1, importScaledDotProduct, domain);
}
