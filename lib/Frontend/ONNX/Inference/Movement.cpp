//===- Movement.cpp - Types of what moves elements --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::onnx;
using namespace mlir;

/// The length of a slice of `size` elements, bounds clamped as ONNX does.
static int64_t sliceLength(int64_t size, int64_t start, int64_t end,
                           int64_t step) {
  auto clamp = [&](int64_t at, int64_t low, int64_t high) {
    if (at < 0)
      at = at < -size ? low : at + size;
    return std::clamp(at, low, high);
  };
  if (step > 0) {
    start = clamp(start, 0, size);
    end = clamp(end, 0, size);
    return end <= start ? 0 : (end - start - 1) / step + 1;
  }
  if (size == 0)
    return 0;
  start = clamp(start, 0, size - 1);
  end = end < -size ? -1 : clamp(end, -1, size - 1);
  // The smallest step has no positive counterpart.
  step = std::max(step, -std::numeric_limits<int64_t>::max());
  return start <= end ? 0 : (start - end - 1) / -step + 1;
}

static LogicalResult inferSlice(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  bool byAttribute = node.opset < 10;
  auto starts = intsOf(node, 1, byAttribute ? "starts" : "");
  auto ends = intsOf(node, 2, byAttribute ? "ends" : "");
  auto axes = intsOf(node, 3, byAttribute ? "axes" : "");
  auto steps = intsOf(node, 4, "");
  Shape output = *input;
  if (!axes) {
    // Which axes is open: all are.
    node.setOutput(0, node.inputType(0), Shape(input->size()));
    return success();
  }
  size_t count = starts ? starts->size() : ends ? ends->size() : axes->size();
  if (axes->empty())
    for (size_t axis = 0; axis < count; ++axis)
      axes->push_back(axis);
  if ((starts && starts->size() != axes->size()) ||
      (ends && ends->size() != axes->size()) ||
      (steps && !steps->empty() && steps->size() != axes->size()))
    return node.emitError() << "starts, ends, axes and steps differ in length";
  if (axes->empty() && !(starts && ends)) {
    node.setOutput(0, node.inputType(0), Shape(input->size()));
    return success();
  }
  for (auto [i, axis] : llvm::enumerate(*axes)) {
    auto positive = normalizeAxis(axis, input->size());
    if (!positive)
      return node.emitError()
             << "axis " << axis << " is out of range for " << toString(*input);
    int64_t step = steps && !steps->empty() ? (*steps)[i] : 1;
    if (step == 0)
      return node.emitError() << "a step is 0";
    Dim &dim = output[*positive];
    // All of an axis stays all, however long it is.
    if (starts && ends && steps && step == 1 && (*starts)[i] == 0 &&
        (*ends)[i] >= std::numeric_limits<int32_t>::max())
      continue;
    // As does what reaches the end with a negative step.
    if (starts && ends && steps && dim.isKnown())
      dim = sliceLength(dim.size, (*starts)[i], (*ends)[i], step);
    else if (starts && ends && steps && (*starts)[i] >= 0 && (*ends)[i] >= 0 &&
             step == 1 && (*ends)[i] <= (*starts)[i])
      dim = 0;
    else
      dim = Dim();
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferPad(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  node.setOutput(0, node.inputType(0), Shape(input->size()));
  bool byAttribute = node.opset < 11;
  auto pads = intsOf(node, 1, byAttribute ? "pads" : "");
  if (byAttribute && pads && pads->empty())
    pads = node.getInts("paddings"); // opset 1
  auto axes = intsOf(node, 3, "");
  if (!pads || !axes)
    return success();
  if (axes->empty())
    for (size_t axis = 0; axis < input->size(); ++axis)
      axes->push_back(axis);
  if (pads->size() != 2 * axes->size())
    return node.emitError() << "it has " << pads->size() << " pads for "
                            << axes->size() << " axes";
  Shape output = *input;
  for (auto [i, axis] : llvm::enumerate(*axes)) {
    auto positive = normalizeAxis(axis, input->size());
    if (!positive)
      return node.emitError()
             << "axis " << axis << " is out of range for " << toString(*input);
    int64_t begin = (*pads)[i], end = (*pads)[i + axes->size()];
    Dim &dim = output[*positive];
    if (!dim.isKnown()) {
      if (begin != 0 || end != 0)
        dim = Dim();
      continue;
    }
    if (llvm::AddOverflow(dim.size, begin, dim.size) ||
        llvm::AddOverflow(dim.size, end, dim.size) || dim.size < 0)
      return node.emitError() << "its pads give no size along axis " << axis;
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferExpand(NodeContext &node) {
  auto input = node.inputShape(0);
  const KnownTensor *target = node.known(1);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  Shape wanted;
  if (target) {
    for (const Element &element : target->elements) {
      if (element.isInt() && element.integer < 0)
        return node.emitError() << "the shape has a dim of " << element.integer;
      wanted.push_back(element.isInt() ? Dim(element.integer)
                                       : Dim::named(element.symbol));
    }
  } else {
    auto shape = node.inputShape(1);
    if (!shape || shape->size() != 1 || !(*shape)[0].isKnown() ||
        (*shape)[0].size > 64)
      return success();
    wanted.resize((*shape)[0].size);
  }
  auto output = broadcastShapes(*input, wanted);
  if (!output)
    return node.emitError() << "cannot expand " << toString(*input) << " to "
                            << toString(wanted);
  node.setOutput(0, node.inputType(0), *output);
  return success();
}

static LogicalResult inferTile(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  Shape output(input->size());
  auto repeats = node.knownInts(1);
  if (node.opset < 6) {
    // One axis and one count.
    auto axis = node.knownInts(2);
    if (!repeats || !axis || repeats->size() != 1 || axis->size() != 1)
      repeats = std::nullopt;
    else if (auto at = normalizeAxis((*axis)[0], input->size())) {
      SmallVector<int64_t> all(input->size(), 1);
      all[*at] = (*repeats)[0];
      repeats = all;
    }
  }
  if (repeats && repeats->size() != input->size())
    return node.emitError() << "it has " << repeats->size() << " repeats for "
                            << toString(*input);
  for (size_t i = 0; repeats && i < output.size(); ++i) {
    int64_t count = (*repeats)[i];
    if (count < 0)
      return node.emitError() << "it repeats " << count << " times";
    if (count == 1)
      output[i] = (*input)[i];
    else if ((*input)[i].isKnown() &&
             llvm::MulOverflow((*input)[i].size, count, output[i].size))
      return node.emitError() << "its output would be too large";
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferSplit(NodeContext &node) {
  auto input = node.inputShape(0);
  size_t numOutputs = node.numOutputs();
  for (size_t i = 0; i < numOutputs; ++i)
    node.setOutput(i, node.inputType(0));
  if (!input || numOutputs == 0)
    return success();
  auto axis = normalizeAxis(node.getInt("axis", 0), input->size());
  if (!axis)
    return node.emitError() << "axis " << node.getInt("axis", 0)
                            << " is out of range for " << toString(*input);
  Dim dim = (*input)[*axis];
  auto split = intsOf(node, 1, node.opset < 13 ? "split" : "");
  if (split && split->empty() && dim.isKnown()) {
    // Equal parts; since opset 18 the last one may be smaller.
    int64_t parts = node.getInt("num_outputs", numOutputs);
    if (parts != static_cast<int64_t>(numOutputs))
      return node.emitError() << "attribute 'num_outputs' is " << parts
                              << " but it has " << numOutputs << " outputs";
    if (node.opset < 18 && dim.size % parts != 0)
      return node.emitError() << "cannot split " << dim.size << " into "
                              << parts << " equal parts";
    int64_t size = llvm::divideCeil(dim.size, parts);
    for (int64_t i = 0; i < parts; ++i)
      split->push_back(
          std::max<int64_t>(std::min(size, dim.size - i * size), 0));
  } else if (split && !split->empty()) {
    int64_t sum = 0;
    for (int64_t size : *split)
      if (size < 0 || llvm::AddOverflow(sum, size, sum))
        return node.emitError() << "a part has the size " << size;
    if (split->size() != numOutputs)
      return node.emitError() << "it has " << split->size() << " parts but "
                              << numOutputs << " outputs";
    if (dim.isKnown() && sum != dim.size)
      return node.emitError() << "its parts make " << sum << " of " << dim.size;
  }
  for (size_t i = 0; i < numOutputs; ++i) {
    Shape output = *input;
    output[*axis] = split && !split->empty() ? Dim((*split)[i]) : Dim();
    node.setOutput(i, node.inputType(0), output);
  }
  return success();
}

static LogicalResult inferRange(NodeContext &node) {
  int32_t type = node.inputType(0);
  node.setOutput(0, type, {Dim()});
  const KnownTensor *parts[] = {node.known(0), node.known(1), node.known(2)};
  double values[3];
  for (auto [part, value] : llvm::zip(parts, values)) {
    if (!part || part->elements.size() != 1 || !part->isComplete())
      part = nullptr;
    else
      value = part->elements[0].asReal();
  }
  if (parts[2] && values[2] == 0)
    return node.emitError() << "its delta is 0";
  // range(0, n) has the length that n is.
  if (parts[0] && !parts[1] && parts[2] && values[0] == 0 && values[2] == 1)
    if (const KnownTensor *limit = node.known(1);
        limit && limit->elements.size() == 1)
      node.setOutput(0, type, {Dim::named(limit->elements[0].symbol)});
  if (!parts[0] || !parts[1] || !parts[2])
    return success();
  double count = std::ceil((values[1] - values[0]) / values[2]);
  if (!(count < 1e15))
    return node.emitError() << "its output would be too large";
  node.setOutput(0, type, {Dim(count > 0 ? static_cast<int64_t>(count) : 0)});
  return success();
}

static LogicalResult inferConcat(NodeContext &node) {
  int32_t type = node.inputType(0);
  node.setOutput(0, type);
  Shape output;
  std::optional<int64_t> axis;
  for (size_t i = 0; i < node.numInputs(); ++i) {
    auto shape = node.inputShape(i);
    if (!shape)
      return success();
    // Exporters write scalars where lists of one are meant.
    if (shape->empty()) {
      node.emitWarning() << "its input " << i
                         << " is a scalar, taken for a list of one";
      shape->push_back(1);
    }
    if (i == 0) {
      output = *shape;
      axis = normalizeAxis(node.getInt("axis", 1), output.size());
      if (!axis)
        return node.emitError() << "axis " << node.getInt("axis", 1)
                                << " is out of range for " << toString(output);
      continue;
    }
    auto fail = [&] {
      return node.emitError() << "cannot join " << toString(output) << " and "
                              << toString(*shape) << " along axis " << *axis;
    };
    if (shape->size() != output.size())
      return fail();
    for (auto [at, dim, other] : llvm::enumerate(output, *shape)) {
      if (static_cast<int64_t>(at) == *axis) {
        if (!dim.isKnown() || !other.isKnown())
          dim = Dim();
        else if (llvm::AddOverflow(dim.size, other.size, dim.size))
          return node.emitError() << "its output would be too large";
      } else if (dim.isKnown() && other.isKnown() && dim.size != other.size) {
        return fail();
      } else if (!dim.isKnown()) {
        dim = other;
      }
    }
  }
  node.setOutput(0, type, output);
  return success();
}

static LogicalResult inferGather(NodeContext &node) {
  auto input = node.inputShape(0), indices = node.inputShape(1);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  auto axis = normalizeAxis(node.getInt("axis", 0), input->size());
  if (!axis)
    return node.emitError() << "axis " << node.getInt("axis", 0)
                            << " is out of range for " << toString(*input);
  Dim dim = (*input)[*axis];
  if (auto values = node.knownInts(1); values && dim.isKnown())
    for (int64_t value : *values)
      if (!normalizeAxis(value, dim.size))
        return node.emitError()
               << "index " << value << " is out of range for " << dim.size;
  if (!indices)
    return success();
  Shape output(input->begin(), input->begin() + *axis);
  output.append(*indices);
  output.append(input->begin() + *axis + 1, input->end());
  node.setOutput(0, node.inputType(0), output);
  return success();
}

/// Each row of the indices, of which the last dim holds one, picks a slice.
static LogicalResult inferGatherND(NodeContext &node) {
  auto input = node.inputShape(0), indices = node.inputShape(1);
  node.setOutput(0, node.inputType(0));
  if (!input || !indices)
    return success();
  int64_t batch = node.getInt("batch_dims", 0);
  int64_t rank = std::min(input->size(), indices->size());
  if (batch < 0 || batch >= rank)
    return node.emitError()
           << "batch_dims " << batch << " is out of range for "
           << toString(*input) << " and " << toString(*indices);
  Dim picked = indices->back();
  if (!picked.isKnown())
    return success();
  if (picked.size < 1 ||
      picked.size > static_cast<int64_t>(input->size()) - batch)
    return node.emitError() << "indices " << toString(*indices)
                            << " pick nothing of " << toString(*input);
  Shape output(indices->begin(), indices->end() - 1);
  output.append(input->begin() + batch + picked.size, input->end());
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferOneHot(NodeContext &node) {
  auto indices = node.inputShape(0);
  node.setOutput(0, node.inputType(2));
  if (!indices)
    return success();
  auto axis = normalizeAxis(node.getInt("axis", -1), indices->size() + 1);
  if (!axis)
    return node.emitError() << "axis is out of range";
  const KnownTensor *depth = node.known(1);
  Dim dim;
  if (depth && depth->elements.size() == 1 && depth->isComplete()) {
    double value = depth->elements[0].asReal();
    if (!(value >= 1 && value < 1e15))
      return node.emitError() << "its depth is out of range";
    dim = static_cast<int64_t>(value);
  }
  Shape output = *indices;
  output.insert(output.begin() + *axis, dim);
  node.setOutput(0, node.inputType(2), output);
  return success();
}

static LogicalResult inferCenterCropPad(NodeContext &node) {
  auto input = node.inputShape(0);
  auto sizes = node.knownInts(1);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  SmallVector<int64_t> axes = node.getInts("axes");
  if (axes.empty())
    llvm::append_range(axes, llvm::seq<int64_t>(0, input->size()));
  Shape output = *input;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    auto positive = normalizeAxis(axis, input->size());
    if (!positive || (sizes && i >= sizes->size()))
      return node.emitError() << "its axes and sizes do not fit its input";
    output[*positive] = sizes ? Dim((*sizes)[i]) : Dim();
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

void ohas::onnx::addMovementInference(InferTable &table) {
  table.addAll({"Slice"}, inferSlice);
  table.addAll({"Pad"}, inferPad);
  table.addAll({"Expand"}, inferExpand);
  table.addAll({"Tile"}, inferTile);
  table.addAll({"Split"}, inferSplit);
  table.addAll({"Range"}, inferRange);
  table.addAll({"Concat"}, inferConcat);
  table.addAll({"Gather"}, inferGather);
  table.addAll({"GatherND"}, inferGatherND);
  table.addAll({"OneHot"}, inferOneHot);
  table.addAll({"CenterCropPad"}, inferCenterCropPad);
  table.addAll({"TensorScatter"}, inferSameAsFirst);
}
