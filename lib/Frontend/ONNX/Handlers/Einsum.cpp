//===- Einsum.cpp - Einsum as matrix products -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operands are contracted one after the other. The labels of two are each batch
// (in both and in the result), row, column (in one and in the result) or inner
// (in both, not in the result): one product of matrices between transposes and
// reshapes. Without inner labels there is nothing to contract, and the product
// is elementwise: electronic. So are diagonals and sums over one operand alone.
//
//===----------------------------------------------------------------------===//

#include "../Einsum.h"
#include "Build.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace ohas::onnx;
using namespace mlir;

namespace {

/// A value and the labels of its dims.
struct Operand {
  Value value;
  std::string labels;
};

class Contraction {
public:
  Contraction(NodeContext &node, const EinsumEquation &equation)
      : node(node), equation(equation) {}

  /// Without dims of 1 that stretch, without labels twice, and without labels
  /// that nothing else (`others`) has.
  Operand prepare(Operand operand, StringRef others);
  /// The product of two with the labels that `others` have.
  Operand contract(const Operand &a, const Operand &b, StringRef others);
  Value permute(const Operand &operand, StringRef labels);

private:
  Value einsum(ArrayRef<Operand> operands, StringRef result);
  Value arrange(const Operand &operand, StringRef batch, StringRef first,
                StringRef second);
  RankedTensorType typeOf(StringRef labels, Value like) {
    return tensorType(node, sizesOf(labels),
                      rankedType(node, like).getElementType());
  }
  SmallVector<int64_t> sizesOf(StringRef labels) {
    SmallVector<int64_t> sizes;
    for (char label : labels)
      sizes.push_back(equation.dims.lookup(label).size);
    return sizes;
  }

  NodeContext &node;
  const EinsumEquation &equation;
};

} // namespace

/// An electronic Einsum; labels of an ellipsis are spelled as letters.
Value Contraction::einsum(ArrayRef<Operand> operands, StringRef result) {
  std::string used = result.str();
  for (const Operand &operand : operands)
    used += operand.labels;
  llvm::DenseMap<char, char> letters;
  char next = 'a';
  auto spell = [&](StringRef labels) {
    std::string text = labels.str();
    for (char &label : text) {
      if (llvm::isAlpha(label))
        continue;
      auto [it, inserted] = letters.try_emplace(label, 0);
      if (inserted) {
        while (llvm::is_contained(used, next))
          next = next == 'z' ? 'A' : next + 1;
        used += it->second = next;
      }
      label = it->second;
    }
    return text;
  };
  std::string text;
  SmallVector<Value> values;
  for (const Operand &operand : operands) {
    text += (values.empty() ? "" : ",") + spell(operand.labels);
    values.push_back(operand.value);
  }
  text += "->" + spell(result);
  Builder &builder = node.builder();
  return electronic(
      node, "Einsum", values, typeOf(result, values.front()),
      builder.getNamedAttr("equation", builder.getStringAttr(text)));
}

Operand Contraction::prepare(Operand operand, StringRef others) {
  ArrayRef<int64_t> dims =
      cast<RankedTensorType>(operand.value.getType()).getShape();
  std::string kept, distinct;
  for (auto [label, size] : llvm::zip(operand.labels, dims))
    if (size == equation.dims.lookup(label).size)
      kept += label;
  if (kept.size() != operand.labels.size())
    operand = {reshape(node, operand.value, sizesOf(kept)), kept};
  for (char label : operand.labels)
    if (!llvm::is_contained(distinct, label) && others.contains(label))
      distinct += label;
  if (distinct == operand.labels)
    return operand;
  return {einsum(operand, distinct), distinct};
}

/// The dims of an operand grouped: batch, then one dim for each of two groups.
Value Contraction::arrange(const Operand &operand, StringRef batch,
                           StringRef first, StringRef second) {
  Value value = permute(operand, (batch + first + second).str());
  SmallVector<int64_t> dims = sizesOf(batch);
  for (StringRef group : {first, second})
    dims.push_back(*numElements(equation.shapeOf(group)));
  return reshape(node, value, dims);
}

Value Contraction::permute(const Operand &operand, StringRef labels) {
  SmallVector<int64_t> permutation;
  for (char label : labels)
    permutation.push_back(StringRef(operand.labels).find(label));
  return transpose(node, operand.value, permutation);
}

Operand Contraction::contract(const Operand &a, const Operand &b,
                              StringRef others) {
  std::string batch, rows, columns, inner;
  for (char label : a.labels) {
    bool inB = llvm::is_contained(b.labels, label);
    (!inB ? rows : others.contains(label) ? batch : inner) += label;
  }
  for (char label : b.labels)
    if (!llvm::is_contained(a.labels, label))
      columns += label;
  std::string result = batch + rows + columns;
  if (inner.empty())
    return {einsum({a, b}, result), result};
  Value lhs = arrange(a, batch, rows, inner);
  Value rhs = arrange(b, batch, inner, columns);
  auto type = rankedType(node, lhs);
  SmallVector<int64_t> dims(type.getShape());
  dims.back() = rankedType(node, rhs).getShape().back();
  Value product =
      matmul(node, lhs, rhs, tensorType(node, dims, type.getElementType()));
  return {reshape(node, product, sizesOf(result)), result};
}

FailureOr<Results> ohas::onnx::importEinsum(NodeContext &node) {
  auto equation = parseEinsum(node);
  if (failed(equation))
    return failure();
  if (!*equation || node.numInputs() < 2)
    return importElectronic(node);
  for (const auto &entry : (*equation)->dims)
    if (!entry.second.isKnown() || entry.second.size == 0)
      return importUnsupported(node, unknownShapes);
  SmallVector<Operand> operands;
  for (auto [i, labels] : llvm::enumerate((*equation)->inputs)) {
    Value value = node.ir(i);
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!isContractible(value) || !type.hasStaticShape())
      return importElectronic(node);
    operands.push_back({value, labels});
  }
  // The labels that all but the first `from` operands, and the result, have.
  auto laterLabels = [&](size_t from) {
    std::string labels = (*equation)->output;
    for (const Operand &operand : ArrayRef<Operand>(operands).drop_front(from))
      labels += operand.labels;
    return labels;
  };
  Contraction contraction(node, **equation);
  for (auto [i, operand] : llvm::enumerate(operands)) {
    std::string others = (*equation)->output;
    for (auto [j, other] : llvm::enumerate(operands))
      if (i != j)
        others += other.labels;
    operand = contraction.prepare(operand, others);
  }
  Operand result = operands.front();
  for (size_t i = 1; i < operands.size(); ++i)
    result = contraction.contract(result, operands[i], laterLabels(i + 1));
  return Results{contraction.permute(result, (*equation)->output)};
}
