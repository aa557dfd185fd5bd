//===- Reshape.cpp - Types of what only relabels elements -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Operators.h"
#include "llvm/ADT/SmallSet.h"

using namespace ohas::onnx;
using namespace mlir;

/// The dim that -1 stands for: what is left of the input's elements. Symbols
/// that both sides have cancel.
static FailureOr<Dim> inferredDim(NodeContext &node, ArrayRef<Dim> input,
                                  ArrayRef<Dim> output, size_t inferred) {
  SmallVector<Dim> left(input);
  int64_t rest = 1;
  for (size_t i = 0; i < output.size(); ++i) {
    const Dim &dim = output[i];
    if (i == inferred)
      continue;
    if (dim.isKnown()) {
      if (llvm::MulOverflow(rest, dim.size, rest))
        return node.emitError() << "its output would be too large";
      continue;
    }
    auto *same = llvm::find_if(
        left, [&](const Dim &other) { return other.isSameAs(dim); });
    if (same == left.end())
      return Dim();
    left.erase(same);
  }
  int64_t product = 1;
  Dim open;
  unsigned numOpen = 0;
  for (const Dim &dim : left) {
    if (!dim.isKnown()) {
      open = dim;
      ++numOpen;
    } else if (llvm::MulOverflow(product, dim.size, product)) {
      return node.emitError() << "its input is too large";
    }
  }
  if (numOpen > 1 || (numOpen == 1 && product != rest))
    return Dim();
  if (numOpen == 1)
    return open;
  if (rest == 0)
    return product == 0 ? Dim(0) : Dim();
  if (product % rest != 0)
    return node.emitError() << "cannot reshape " << toString(input) << " to "
                            << toString(output);
  return Dim(product / rest);
}

/// The output's dims for a target, where -1 and 0 have their meanings.
static FailureOr<Shape> reshape(NodeContext &node, std::optional<Shape> input,
                                ArrayRef<Element> target, bool zeroCopies) {
  Shape output;
  std::optional<size_t> inferred;
  for (auto [i, element] : llvm::enumerate(target)) {
    if (!element.isInt()) {
      output.push_back(Dim::named(element.symbol));
      continue;
    }
    if (element.integer == 0 && zeroCopies) {
      if (input && i >= input->size())
        return node.emitError() << "0 at " << i
                                << " of the shape copies a dim that its "
                                   "input does not have";
      output.push_back(input ? (*input)[i] : Dim());
    } else if (element.integer == -1) {
      if (inferred)
        return node.emitError() << "the shape has more than one -1";
      inferred = i;
      output.push_back(Dim());
    } else if (element.integer < 0) {
      return node.emitError() << "the shape has a dim of " << element.integer;
    } else {
      output.push_back(element.integer);
    }
  }
  if (!input)
    return output;
  if (inferred) {
    auto dim = inferredDim(node, *input, output, *inferred);
    if (failed(dim))
      return failure();
    output[*inferred] = *dim;
    return output;
  }
  auto before = numElements(*input), after = numElements(output);
  if (before && after && *before != *after)
    return node.emitError() << "cannot reshape " << toString(*input) << " to "
                            << toString(output);
  return output;
}

static LogicalResult inferReshape(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  std::vector<Element> target;
  if (node.opset < 5) {
    for (int64_t dim : node.getInts("shape"))
      target.push_back(Element::of(dim));
  } else if (const KnownTensor *known = node.known(1)) {
    if (known->dims.size() != 1)
      return node.emitError() << "its shape is no list";
    target = known->elements;
  } else {
    // Not the shape, but perhaps its length, which is the rank.
    auto shape = node.inputShape(1);
    if (shape && shape->size() == 1 && (*shape)[0].isKnown() &&
        (*shape)[0].size <= 64)
      node.setOutput(0, node.inputType(0), Shape((*shape)[0].size));
    return success();
  }
  auto output = reshape(node, node.inputShape(0), target,
                        node.getInt("allowzero", 0) == 0);
  if (failed(output))
    return failure();
  node.setOutput(0, node.inputType(0), *output);
  return success();
}

static LogicalResult inferFlatten(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0), Shape(2));
  if (!input)
    return success();
  int64_t axis = node.getInt("axis", 1), rank = input->size();
  if (axis < -rank || axis > rank)
    return node.emitError()
           << "axis " << axis << " is out of range for " << toString(*input);
  axis = axis < 0 ? axis + rank : axis;
  auto product = [](ArrayRef<Dim> dims) -> Dim {
    if (dims.size() == 1)
      return dims.front();
    auto count = numElements(dims);
    return count ? Dim(*count) : Dim();
  };
  ArrayRef<Dim> dims = *input;
  node.setOutput(
      0, node.inputType(0),
      {product(dims.take_front(axis)), product(dims.drop_front(axis))});
  return success();
}

/// Axes of Squeeze and Unsqueeze: an attribute until opset 12.
static std::optional<SmallVector<int64_t>> axesOf(NodeContext &node) {
  if (node.opset < 13 || node.attribute("axes"))
    return node.getInts("axes");
  if (!node.hasInput(1))
    return SmallVector<int64_t>();
  return node.knownInts(1);
}

static LogicalResult inferSqueeze(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto input = node.inputShape(0);
  auto axes = axesOf(node);
  if (!input || !axes)
    return success();
  llvm::SmallSet<int64_t, 4> drop;
  for (int64_t axis : *axes) {
    auto positive = normalizeAxis(axis, input->size());
    if (!positive)
      return node.emitError()
             << "axis " << axis << " is out of range for " << toString(*input);
    if ((*input)[*positive].isKnown() && (*input)[*positive].size != 1)
      return node.emitError()
             << "cannot squeeze axis " << axis << " of " << toString(*input);
    drop.insert(*positive);
  }
  Shape output;
  for (auto [i, dim] : llvm::enumerate(*input)) {
    // Without axes all that are 1 go, which must be known of all.
    if (axes->empty() && !dim.isKnown())
      return success();
    if (axes->empty() ? dim.size != 1 : !drop.contains(i))
      output.push_back(dim);
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferUnsqueeze(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto input = node.inputShape(0);
  auto axes = axesOf(node);
  if (!input || !axes)
    return success();
  int64_t rank = input->size() + axes->size();
  SmallVector<bool> added(rank, false);
  for (int64_t axis : *axes) {
    auto positive = normalizeAxis(axis, rank);
    if (!positive || added[*positive])
      return node.emitError()
             << "axis " << axis << " is out of range or given twice";
    added[*positive] = true;
  }
  Shape output;
  auto *next = input->begin();
  for (bool isNew : added)
    output.push_back(isNew ? Dim(1) : *next++);
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferConstantOfShape(NodeContext &node) {
  const AttributeProto *value = node.attribute("value");
  int32_t type = !value           ? Float
                 : value->has_i() ? Int64
                 : value->has_f() ? Float
                                  : value->t().data_type();
  node.setOutput(0, type);
  const KnownTensor *known = node.known(0);
  if (!known) {
    auto shape = node.inputShape(0);
    if (shape && shape->size() == 1 && (*shape)[0].isKnown() &&
        (*shape)[0].size <= 64)
      node.setOutput(0, type, Shape((*shape)[0].size));
    return success();
  }
  auto output = reshape(node, std::nullopt, known->elements, false);
  if (failed(output))
    return failure();
  if (llvm::any_of(known->elements, [](const Element &element) {
        return element.isInt() && element.integer < 0;
      }))
    return node.emitError() << "the shape has a negative dim";
  node.setOutput(0, type, *output);
  return success();
}

/// An operator of ONNX's first years; its input is a shape, or has one.
static LogicalResult inferConstantFill(NodeContext &node) {
  int32_t type = node.getInt("dtype", Float);
  node.setOutput(0, type);
  Shape output;
  if (!node.hasInput(0)) {
    llvm::append_range(output, node.getInts("shape"));
  } else if (node.getInt("input_as_shape", 0)) {
    const KnownTensor *known = node.known(0);
    if (!known)
      return success();
    for (const Element &element : known->elements)
      output.push_back(element.isInt() ? Dim(element.integer)
                                       : Dim::named(element.symbol));
  } else if (auto shape = node.inputShape(0)) {
    output = *shape;
  } else {
    return success();
  }
  llvm::append_range(output, node.getInts("extra_shape"));
  node.setOutput(0, type, output);
  return success();
}

void ohas::onnx::addReshapeInference(InferTable &table) {
  table.addAll({"Reshape"}, inferReshape);
  table.addAll({"ConstantFill"}, inferConstantFill);
  table.addAll({"Flatten"}, inferFlatten);
  table.addAll({"Squeeze"}, inferSqueeze);
  table.addAll({"Unsqueeze"}, inferUnsqueeze);
  table.addAll({"ConstantOfShape"}, inferConstantOfShape);
}
