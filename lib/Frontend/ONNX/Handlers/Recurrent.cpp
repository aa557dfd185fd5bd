//===- Recurrent.cpp - LSTM, GRU and RNN ------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The input is projected for all steps at once by one matrix product. What is
// left, the product with the state and the gates, is a loop over the steps.
//
//===----------------------------------------------------------------------===//

#include "Recurrent.h"
#include "../Importer.h"
#include "../Slices.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

/// Inputs: X, W, R, B, sequence_lens, initial_h, initial_c, P.
enum RecurrentInput { X, W, R, B, Lengths, InitialH, InitialC, P };

/// Part `index` along the first dim, without that dim.
static Value partOf(NodeContext &node, size_t input, int64_t index) {
  if (!node.hasInput(input))
    return nullptr;
  if (Value part = node.importer.materializeSlice(*node.inputs[input], index))
    return part;
  Value whole = node.ir(input);
  auto type = dyn_cast<RankedTensorType>(whole.getType());
  if (!type || !type.hasStaticShape())
    return nullptr;
  SmallVector<int64_t> dims(type.getShape());
  auto list = [&](int64_t value) {
    return node.importer.materialize(
        KnownTensor::vector(Int64, {Element::of(value)}));
  };
  if (dims[0] != 1) {
    dims[0] = 1;
    whole = electronic(node, "Slice",
                       {whole, list(index), list(index + 1), list(0)},
                       RankedTensorType::get(dims, type.getElementType()));
  }
  return reshape(node, whole, ArrayRef<int64_t>(dims).drop_front());
}

/// Rows [from, from + count) of a constant, as electronics cut them out.
static Value rows(NodeContext &node, Value value, int64_t from, int64_t count) {
  auto type = rankedType(node, value);
  SmallVector<int64_t> dims(type.getShape());
  dims[0] = count;
  auto list = [&](int64_t at) {
    return node.importer.materialize(
        KnownTensor::vector(Int64, {Element::of(at)}));
  };
  return electronic(node, "Slice",
                    {value, list(from), list(from + count), list(0)},
                    RankedTensorType::get(dims, type.getElementType()));
}

static Value zeros(NodeContext &node, RankedTensorType type) {
  return node.importer.materialize(
      DenseElementsAttr::get(type,
                             node.builder().getZeroAttr(type.getElementType())),
      node.loc());
}

namespace {
/// What one direction yields: all steps, and the last states.
struct Direction {
  Value steps;
  SmallVector<Value> last;
};
} // namespace

static Direction buildDirection(const RecurrentLayer &layer, Value input,
                                unsigned index, bool reverse,
                                RecurrentCell cell, unsigned numStates) {
  NodeContext &node = layer.node;
  OpBuilder &builder = node.builder();
  Location loc = node.loc();
  int64_t width = layer.gates * layer.hidden;
  RecurrentDirection direction{
      index, partOf(node, R, index), {}, {}, partOf(node, P, index)};
  Value projected =
      matmul(node, input, partOf(node, W, index),
             layer.type({layer.steps, layer.batch, width}), false, true);
  bool isGRU = layer.gates == 3;
  bool linear = node.getInt("linear_before_reset", 0) != 0;
  if (Value bias = partOf(node, B, index)) {
    Value first = rows(node, bias, 0, width);
    Value second = rows(node, bias, width, width);
    if (isGRU && linear)
      direction.recurrenceBias = second;
    else
      first = layer.binary("Add", first, second);
    projected = layer.binary("Add", projected, first);
  }
  if (isGRU && !linear) {
    Value all = direction.recurrence;
    direction.recurrence = rows(node, all, 0, 2 * layer.hidden);
    direction.resetRecurrence = rows(node, all, 2 * layer.hidden, layer.hidden);
  }

  auto stateType = layer.type({layer.batch, layer.hidden});
  SmallVector<Value> init;
  for (size_t from : {InitialH, InitialC})
    if (init.size() < numStates) {
      Value given = partOf(node, from, index);
      init.push_back(given ? given : zeros(node, stateType));
    }
  auto stepsType = layer.type({layer.steps, layer.batch, layer.hidden});
  init.push_back(tensor::EmptyOp::create(builder, loc, stepsType.getShape(),
                                         layer.element));

  auto indexOf = [&](int64_t value) {
    return node.importer.materialize(builder.getIndexAttr(value), loc);
  };
  auto loop = scf::ForOp::create(builder, loc, indexOf(0), indexOf(layer.steps),
                                 indexOf(1), init);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value at = loop.getInductionVar();
  if (reverse)
    at = arith::SubIOp::create(builder, loc, indexOf(layer.steps - 1), at);
  Value step = extractStep(builder, loc, layer.type({layer.batch, width}),
                           projected, /*axis=*/0, at);
  SmallVector<Value> state(loop.getRegionIterArgs().drop_back());
  cell(layer, direction, step, state);
  Value steps = insertStep(builder, loc, state[0],
                           loop.getRegionIterArgs().back(), /*axis=*/0, at);
  SmallVector<Value> yielded = state;
  yielded.push_back(steps);
  scf::YieldOp::create(builder, loc, yielded);
  Direction result;
  result.steps = loop.getResults().back();
  llvm::append_range(result.last, loop.getResults().drop_back());
  return result;
}

/// The parts of all directions beside each other along a new axis.
static Value stack(const RecurrentLayer &layer, ArrayRef<Value> parts,
                   int64_t axis) {
  NodeContext &node = layer.node;
  SmallVector<int64_t> dims(
      cast<RankedTensorType>(parts.front().getType()).getShape());
  dims.insert(dims.begin() + axis, 1);
  SmallVector<Value> grown;
  for (Value part : parts)
    grown.push_back(reshape(node, part, dims));
  if (grown.size() == 1)
    return grown.front();
  dims[axis] = grown.size();
  OpBuilder &builder = node.builder();
  return electronic(
      node, "Concat", grown, layer.type(dims),
      builder.getNamedAttr("axis", builder.getI64IntegerAttr(axis)));
}

static FailureOr<Results> importRecurrent(NodeContext &node, int64_t gates,
                                          RecurrentCell cell,
                                          unsigned numStates) {
  auto input = node.inputShape(X), weight = node.inputShape(W),
       recurrence = node.inputShape(R);
  if (!input || !weight || !recurrence || !numElements(*input) ||
      !numElements(*weight) || !numElements(*recurrence) ||
      !isReal(node.inputType(X)))
    return importUnsupported(node, unknownShapes);
  StringRef kind = node.getString("direction", "forward");
  int64_t directions = kind == "bidirectional" ? 2 : 1;
  if (kind != "forward" && kind != "reverse" && directions == 1)
    return node.emitError() << "direction cannot be '" << kind << "'";
  if (input->size() != 3 || weight->size() != 3 || recurrence->size() != 3)
    return node.emitError() << "its inputs X, W and R need three dims";
  bool batchFirst = node.getInt("layout", 0) != 0;
  int64_t hidden = (*recurrence)[2].size;
  RecurrentLayer layer{
      node,
      gates,
      (*input)[batchFirst].size,
      (*input)[!batchFirst].size,
      hidden,
      convertElementType(node.inputType(X), node.builder().getContext())};
  if (hidden < 1 || (*weight)[0].size != directions ||
      (*recurrence)[0].size != directions ||
      (*weight)[1].size != gates * hidden ||
      (*recurrence)[1].size != gates * hidden ||
      (*weight)[2].size != (*input)[2].size)
    return node.emitError()
           << "its input " << toString(*input) << ", W " << toString(*weight)
           << " and R " << toString(*recurrence) << " do not fit";
  if (layer.steps == 0 || layer.batch == 0 || (*input)[2].size == 0)
    return importElectronic(node);
  auto fits = [&](size_t i, ArrayRef<int64_t> dims) {
    auto shape = node.inputShape(i);
    // An unknown state is taken to be right.
    return !node.hasInput(i) || !shape ||
           (shape && shape->size() == dims.size() &&
            llvm::all_of(llvm::zip(*shape, dims), [](auto pair) {
              auto [dim, size] = pair;
              return !dim.isKnown() || dim.size == size;
            }));
  };
  SmallVector<int64_t> state = {directions, layer.batch, hidden};
  if (batchFirst)
    std::swap(state[0], state[1]);
  if (!fits(B, {directions, 2 * gates * hidden}) || !fits(InitialH, state) ||
      (numStates > 1 &&
       (!fits(InitialC, state) || !fits(P, {directions, 3 * hidden}))))
    return node.emitError() << "its bias or initial state has another shape "
                               "than its weights ask for";
  Value x = node.ir(X);
  if (batchFirst) {
    if (node.hasInput(InitialH) || node.hasInput(InitialC))
      return importUnsupported(node, "initial states with the batch first");
    x = transpose(node, x, {1, 0, 2});
  }
  SmallVector<Value> steps;
  SmallVector<SmallVector<Value>, 2> last(numStates);
  for (int64_t d = 0; d < directions; ++d) {
    bool reverse = kind == "reverse" || d == 1;
    Direction built = buildDirection(layer, x, d, reverse, cell, numStates);
    steps.push_back(built.steps);
    for (unsigned i = 0; i < numStates; ++i)
      last[i].push_back(built.last[i]);
  }
  Results results;
  if (node.hasOutput(0)) {
    Value all = stack(layer, steps, 1); // [steps, directions, batch, hidden]
    results.push_back(batchFirst ? transpose(node, all, {2, 0, 1, 3}) : all);
  } else {
    results.push_back(nullptr);
  }
  for (unsigned i = 0; i < numStates; ++i) {
    if (!node.hasOutput(i + 1)) {
      results.push_back(nullptr);
      continue;
    }
    Value all = stack(layer, last[i], 0); // [directions, batch, hidden]
    results.push_back(batchFirst ? transpose(node, all, {1, 0, 2}) : all);
  }
  return results;
}

static FailureOr<Results> importLSTM(NodeContext &node) {
  return importRecurrent(node, 4, stepLSTM, 2);
}
static FailureOr<Results> importGRU(NodeContext &node) {
  return importRecurrent(node, 3, stepGRU, 1);
}
static FailureOr<Results> importRNN(NodeContext &node) {
  return importRecurrent(node, 1, stepRNN, 1);
}

void ohas::onnx::addRecurrentHandlers(ImportTable &table) {
  table.addAll({"LSTM"}, importLSTM);
  table.addAll({"GRU"}, importGRU);
  table.addAll({"RNN"}, importRNN);
}
