//===- Einsum.cpp - Einsum as a matrix product ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An equation of two inputs whose labels are each batch (everywhere), row,
// column (one input and the output) or inner (both inputs) is one product of
// matrices between transposes and reshapes.
//
//===----------------------------------------------------------------------===//

#include "../Einsum.h"
#include "Build.h"
#include "llvm/ADT/StringExtras.h"

using namespace ohas::onnx;
using namespace mlir;

namespace {
struct Labels {
  std::string batch, rows, columns, inner;
};
} // namespace

/// The roles of all labels; nothing if one has none.
static std::optional<Labels> classify(const EinsumEquation &equation) {
  if (equation.inputs.size() != 2)
    return std::nullopt;
  StringRef a = equation.inputs[0], b = equation.inputs[1];
  StringRef output = equation.output;
  for (StringRef term : {a, b})
    for (char label : term)
      if (term.count(label) > 1 || !equation.dims.lookup(label).isKnown())
        return std::nullopt;
  Labels labels;
  for (char label : output) {
    bool inA = a.contains(label), inB = b.contains(label);
    (inA && inB ? labels.batch : inA ? labels.rows : labels.columns) += label;
  }
  for (char label : a)
    if (!output.contains(label)) {
      if (!b.contains(label))
        return std::nullopt;
      labels.inner += label;
    }
  for (char label : b)
    if (!output.contains(label) && !a.contains(label))
      return std::nullopt;
  return labels;
}

/// `value` with its dims grouped: batch, then one dim for each of the groups.
static Value arrange(NodeContext &node, const EinsumEquation &equation,
                     Value value, StringRef from, StringRef batch,
                     StringRef first, StringRef second) {
  SmallVector<int64_t> permutation;
  for (char label : (batch + first + second).str())
    permutation.push_back(from.find(label));
  value = transpose(node, value, permutation);
  SmallVector<int64_t> dims;
  for (char label : batch)
    dims.push_back(equation.dims.lookup(label).size);
  for (StringRef group : {first, second})
    dims.push_back(*numElements(equation.shapeOf(group)));
  return reshape(node, value, dims);
}

FailureOr<Results> ohas::onnx::importEinsum(NodeContext &node) {
  auto equation = parseEinsum(node);
  if (failed(equation))
    return failure();
  if (!*equation)
    return importElectronic(node);
  std::optional<Labels> labels = classify(**equation);
  Value a = node.ir(0), b = node.hasInput(1) ? node.ir(1) : Value();
  if (!labels || !isContractible(a) || !isContractible(b))
    return importElectronic(node);
  // Dims of size 1 that stretch (of an ellipsis) are not grouped.
  for (size_t i : {0, 1})
    for (auto [label, dim] :
         llvm::zip((*equation)->inputs[i], *node.inputShape(i)))
      if (dim.size != (*equation)->dims.lookup(label).size)
        return importElectronic(node);
  Value lhs = arrange(node, **equation, a, (*equation)->inputs[0],
                      labels->batch, labels->rows, labels->inner);
  Value rhs = arrange(node, **equation, b, (*equation)->inputs[1],
                      labels->batch, labels->inner, labels->columns);
  auto type = cast<RankedTensorType>(lhs.getType());
  SmallVector<int64_t> dims(type.getShape());
  dims.back() = cast<RankedTensorType>(rhs.getType()).getShape().back();
  Value product = matmul(node, lhs, rhs,
                         RankedTensorType::get(dims, type.getElementType()));
  // Back to the output's dims, in its order.
  std::string grouped = labels->batch + labels->rows + labels->columns;
  SmallVector<int64_t> expanded, permutation;
  for (char label : grouped)
    expanded.push_back((*equation)->dims.lookup(label).size);
  for (char label : (*equation)->output)
    permutation.push_back(StringRef(grouped).find(label));
  return Results{
      transpose(node, reshape(node, product, expanded), permutation)};
}
