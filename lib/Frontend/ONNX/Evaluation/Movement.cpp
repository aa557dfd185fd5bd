//===- Movement.cpp - Values of what is moved -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;

/// The same elements in the same order.
static void evaluateReshape(NodeContext &node) {
  if (const KnownTensor *input = node.known(0))
    setKnown(node, input->elements);
}

static void evaluateGather(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *input = node.known(0), *indices = node.known(1);
  if (!dims || !input || !indices)
    return;
  auto axis = normalizeAxis(node.getInt("axis", 0), input->dims.size());
  if (!axis || dims->size() + 1 != input->dims.size() + indices->dims.size())
    return;
  int64_t size = input->dims[*axis];
  Dims strides = rowMajor(input->dims);
  std::vector<Element> elements;
  size_t numIndexDims = indices->dims.size();
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    int64_t which = 0;
    for (size_t i = 0; i < numIndexDims; ++i)
      which = which * indices->dims[i] + index[*axis + i];
    const Element &chosen = indices->at(which);
    auto at =
        chosen.isInt() ? normalizeAxis(chosen.integer, size) : std::nullopt;
    if (!at) {
      elements.push_back(Element());
      return;
    }
    int64_t offset = *at * strides[*axis];
    for (int64_t i = 0; i < *axis; ++i)
      offset += index[i] * strides[i];
    for (size_t i = *axis + 1; i < input->dims.size(); ++i)
      offset += index[i + numIndexDims - 1] * strides[i];
    elements.push_back(input->at(offset));
  });
  setKnown(node, std::move(elements));
}

static void evaluateSlice(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *input = node.known(0);
  if (!dims || !input || input->dims.size() != dims->size())
    return;
  auto ints = [&](size_t i, llvm::StringRef attribute) {
    if (node.opset < 10)
      return std::optional(node.getInts(attribute));
    return node.hasInput(i) ? node.knownInts(i)
                            : std::optional(llvm::SmallVector<int64_t>());
  };
  auto starts = ints(1, "starts"), axes = ints(3, "axes"), steps = ints(4, "");
  if (!starts || !axes || !steps)
    return;
  Dims begin(dims->size(), 0), step(dims->size(), 1);
  for (auto [i, start] : llvm::enumerate(*starts)) {
    auto axis = normalizeAxis(i < axes->size() ? (*axes)[i] : i, dims->size());
    if (!axis)
      return;
    int64_t size = input->dims[*axis];
    if (i < steps->size())
      step[*axis] = (*steps)[i];
    int64_t at = start < -size ? 0 : start < 0 ? start + size : start;
    begin[*axis] = std::min(at, step[*axis] < 0 ? size - 1 : size);
  }
  Dims strides = rowMajor(input->dims);
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    // Steps may be of any size where there is one element.
    uint64_t offset = 0;
    for (size_t i = 0; i < index.size(); ++i)
      offset +=
          (static_cast<uint64_t>(begin[i]) +
           static_cast<uint64_t>(index[i]) * static_cast<uint64_t>(step[i])) *
          strides[i];
    elements.push_back(input->at(static_cast<int64_t>(offset)));
  });
  setKnown(node, std::move(elements));
}

static void evaluateConcat(NodeContext &node) {
  auto dims = smallOutput(node);
  if (!dims)
    return;
  auto axis =
      normalizeAxis(node.getInt("axis", node.opset < 4 ? 1 : 0), dims->size());
  if (!axis)
    return;
  // An unknown part of a known shape has unknown elements.
  std::vector<std::pair<const KnownTensor *, int64_t>> parts;
  bool anyKnown = false;
  for (size_t i = 0; i < node.numInputs(); ++i) {
    auto shape = node.inputShape(i);
    if (shape && shape->empty())
      shape->push_back(1);
    if (!shape || shape->size() != dims->size() || !(*shape)[*axis].isKnown())
      return;
    parts.emplace_back(node.known(i), (*shape)[*axis].size);
    anyKnown |= node.known(i) != nullptr;
  }
  if (!anyKnown)
    return;
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    int64_t at = index[*axis];
    for (auto [part, size] : parts) {
      if (at >= size) {
        at -= size;
        continue;
      }
      if (!part) {
        elements.push_back(Element());
        return;
      }
      int64_t offset = 0;
      if (!part->dims.empty() && part->dims.size() != index.size())
        break;
      for (size_t i = 0; i < index.size(); ++i)
        offset = offset * (part->dims.empty() ? 1 : part->dims[i]) +
                 (static_cast<int64_t>(i) == *axis ? at : index[i]);
      elements.push_back(part->at(offset));
      return;
    }
    elements.push_back(Element());
  });
  setKnown(node, std::move(elements));
}

static void evaluateTranspose(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *input = node.known(0);
  if (!dims || !input)
    return;
  llvm::SmallVector<int64_t> perm = node.getInts("perm");
  if (perm.empty())
    for (size_t i = dims->size(); i > 0; --i)
      perm.push_back(i - 1);
  if (perm.size() != dims->size() || input->dims.size() != dims->size() ||
      llvm::any_of(perm, [&](int64_t axis) {
        return axis < 0 || axis >= static_cast<int64_t>(dims->size());
      }))
    return;
  Dims strides = rowMajor(input->dims);
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    int64_t offset = 0;
    for (size_t i = 0; i < index.size(); ++i)
      offset += index[i] * strides[perm[i]];
    elements.push_back(input->at(offset));
  });
  setKnown(node, std::move(elements));
}

static void evaluateExpand(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *input = node.known(0);
  if (!dims || !input)
    return;
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    elements.push_back(broadcastElement(*input, index));
  });
  setKnown(node, std::move(elements));
}

static void evaluateTile(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *input = node.known(0);
  if (!dims || !input || input->elements.empty() ||
      input->dims.size() != dims->size())
    return;
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    int64_t offset = 0;
    for (size_t i = 0; i < index.size(); ++i)
      offset = offset * input->dims[i] + index[i] % input->dims[i];
    elements.push_back(input->at(offset));
  });
  setKnown(node, std::move(elements));
}

/// Parts of a list: how shapes are taken apart.
static void evaluateSplit(NodeContext &node) {
  const KnownTensor *input = node.known(0);
  if (!input || input->dims.size() != 1)
    return;
  auto next = input->elements.begin();
  for (size_t i = 0; i < node.numOutputs(); ++i) {
    auto shape = node.outputShape(i);
    if (!shape || shape->size() != 1 || !(*shape)[0].isKnown() ||
        (*shape)[0].size > input->elements.end() - next)
      return;
    auto end = next + (*shape)[0].size;
    if (node.hasOutput(i))
      setKnown(node, std::vector<Element>(next, end), i);
    next = end;
  }
}

void ohas::onnx::addMovementEvaluation(EvaluateTable &table) {
  table.addAll({"Reshape", "Flatten", "Squeeze", "Unsqueeze"}, evaluateReshape);
  table.addAll({"Gather"}, evaluateGather);
  table.addAll({"Slice"}, evaluateSlice);
  table.addAll({"Concat"}, evaluateConcat);
  table.addAll({"Transpose"}, evaluateTranspose);
  table.addAll({"Expand"}, evaluateExpand);
  table.addAll({"Tile"}, evaluateTile);
  table.addAll({"Split"}, evaluateSplit);
}
