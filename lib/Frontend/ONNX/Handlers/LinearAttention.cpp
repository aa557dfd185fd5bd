//===- LinearAttention.cpp - Attention through a state ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// S_t = decay S_{t-1} + beta k_t (v_t - decay S_{t-1}^T k_t)^T, o_t = q_t^T S_t
// with or without decay and correction. Reading the state (with q and, for the
// correction, with k) is a product of matrices; the outer product that updates
// it contracts nothing, and is electronic. One step of a loop is one token.
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "../Slices.h"
#include "Attention.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

/// Element `at` of [batch, steps, width], as [batch, heads, rows, columns].
static Value stepOf(NodeContext &node, Value all, Value at,
                    ArrayRef<int64_t> dims) {
  auto type = rankedType(node, all, 3);
  Value step = extractStep(
      node.builder(), node.loc(),
      RankedTensorType::get({type.getDimSize(0), type.getDimSize(2)},
                            type.getElementType()),
      all, /*axis=*/1, at);
  return reshape(node, step, dims);
}

static FailureOr<Results> importLinearAttention(NodeContext &node) {
  auto form = analyzeLinearAttention(node);
  if (failed(form))
    return failure();
  StringRef rule = node.getString("update_rule", "gated_delta");
  bool isGated = rule.starts_with("gated"), isDelta = rule.ends_with("delta");
  if (!isGated && !isDelta && rule != "linear")
    return node.emitError() << "update_rule cannot be '" << rule << "'";
  if ((isGated && !node.hasInput(4)) || (isDelta && !node.hasInput(5)))
    return node.emitError() << "update_rule '" << rule << "' needs its input "
                            << (isGated && !node.hasInput(4) ? 4 : 5);
  if (!form->isStatic() || !areStatic(node, {0, 1, 2, 3, 4, 5}))
    return importUnsupported(node, unknownShapes);
  OpBuilder &builder = node.builder();
  Location loc = node.loc();
  int64_t batch = form->batch.size, heads = form->kvHeads,
          shared = form->heads / form->kvHeads, steps = form->queries.size,
          size = form->size.size, valueSize = form->valueSize.size;
  Type element = outputElement(node);
  auto type = [&](ArrayRef<int64_t> dims) {
    return tensorType(node, dims, element);
  };
  Value q = node.ir(0), k = node.ir(1), v = node.ir(2);
  Value decay = isGated ? node.ir(4) : Value();
  Value beta = isDelta ? node.ir(5) : Value();
  auto stateType = type({batch, heads, size, valueSize});
  Value state =
      node.hasInput(3)
          ? node.ir(3)
          : node.importer.materialize(
                DenseElementsAttr::get(stateType, builder.getZeroAttr(element)),
                loc);
  if (state.getType() != stateType)
    state = electronic(node, "Cast", state, stateType);
  auto index = [&](int64_t value) {
    return node.importer.materialize(builder.getIndexAttr(value), loc);
  };
  auto outputType = type({batch, steps, form->heads * valueSize});
  Value empty =
      tensor::EmptyOp::create(builder, loc, outputType.getShape(), element);
  auto loop = scf::ForOp::create(builder, loc, index(0), index(steps), index(1),
                                 ValueRange{state, empty});
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value at = loop.getInductionVar();
    Value s = loop.getRegionIterArgs()[0],
          outputs = loop.getRegionIterArgs()[1];
    Value key = stepOf(node, k, at, {batch, heads, 1, size});
    Value value = stepOf(node, v, at, {batch, heads, 1, valueSize});
    if (decay) {
      int64_t width = rankedType(node, decay, 3).getDimSize(2);
      bool isPerHead = width == heads;
      if (!isPerHead && width != heads * size)
        return node.emitError() << "its decay has " << width << " entries for "
                                << heads << " heads";
      Value rate =
          stepOf(node, decay, at, {batch, heads, isPerHead ? 1 : size, 1});
      rate = electronic(node, "Exp", rate, rate.getType());
      s = electronic(node, "Mul", {s, rate}, stateType);
    }
    if (beta) {
      Value stored = matmul(node, key, s, type({batch, heads, 1, valueSize}));
      value = electronic(node, "Sub", {value, stored}, value.getType());
      int64_t width = rankedType(node, beta, 3).getDimSize(2);
      if (width != 1 && width != heads)
        return node.emitError() << "its beta has " << width << " entries for "
                                << heads << " heads";
      Value rate = stepOf(node, beta, at, {batch, width, 1, 1});
      value = electronic(node, "Mul", {value, rate}, value.getType());
    }
    Value column = relayout(node, key, {0, 1, 3, 2});
    Value update = electronic(node, "Mul", {column, value}, stateType);
    s = electronic(node, "Add", {s, update}, stateType);
    Value query = stepOf(node, q, at, {batch, heads, shared, size});
    Value read =
        matmul(node, query, s, type({batch, heads, shared, valueSize}));
    double scale = node.getFloat("scale", 0);
    Value factor = node.importer.materialize(KnownTensor::scalar(
        elementTypeOf(node.outputTypes[0]),
        Element::of(scale != 0 ? scale
                               : 1 / std::sqrt(static_cast<double>(size)))));
    read = electronic(node, "Mul", {read, factor}, read.getType());
    read = reshape(node, read, {batch, 1, form->heads * valueSize});
    outputs = insertStep(builder, loc, read, outputs, /*axis=*/1, at);
    scf::YieldOp::create(builder, loc, ValueRange{s, outputs});
  }
  Value last = loop.getResult(0);
  if (node.hasOutput(1) && last.getType() != node.outputIrType(1))
    last = electronic(node, "Cast", last, node.outputIrType(1));
  return askedOf(node, {loop.getResult(1), last});
}

void ohas::onnx::addLinearAttentionHandlers(ImportTable &table) {
  table.addAll({"LinearAttention"}, importLinearAttention);
}
