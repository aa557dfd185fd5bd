//===- Einsum.cpp - Equations of Einsum -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Einsum.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ohas::onnx;
using namespace mlir;

/// Labels of ellipses: '0' is the last of their dims, as they align at the end.
static std::string ellipsis(size_t rank) {
  std::string labels;
  for (size_t i = rank; i-- > 0;)
    labels += static_cast<char>('0' + i);
  return labels;
}

Shape EinsumEquation::shapeOf(StringRef labels) const {
  Shape shape;
  for (char label : labels)
    shape.push_back(dims.lookup(label));
  return shape;
}

FailureOr<std::optional<EinsumEquation>>
ohas::onnx::parseEinsum(NodeContext &node) {
  std::string text = node.getString("equation").str();
  llvm::erase(text, ' ');
  auto fail = [&](const Twine &why) {
    return node.emitError() << "equation '" << text << "' " << why;
  };
  for (char c : text)
    if (!llvm::isAlpha(c) && !StringRef(".,->").contains(c))
      return fail("has a label that is no letter");
  auto [left, right] = StringRef(text).split("->");
  bool isExplicit = StringRef(text).contains("->");
  SmallVector<StringRef> terms;
  left.split(terms, ',');
  if (terms.size() != node.numInputs())
    return fail("has " + Twine(terms.size()) + " terms for " +
                Twine(node.numInputs()) + " inputs");
  EinsumEquation equation;
  size_t ellipsisRank = 0;
  for (auto [i, term] : llvm::enumerate(terms)) {
    auto shape = node.inputShape(i);
    if (!shape)
      return std::optional<EinsumEquation>();
    size_t named = term.size() - (term.contains("...") ? 3 : 0);
    if (named > shape->size() ||
        (named < shape->size() && !term.contains("...")) ||
        shape->size() - named > 16)
      return fail("does not fit input " + Twine(i) + ", which is " +
                  toString(*shape));
    size_t rank = shape->size() - named;
    ellipsisRank = std::max(ellipsisRank, rank);
    auto [before, after] = term.split("...");
    std::string labels = before.str() + ellipsis(rank) + after.str();
    for (auto [label, dim] : llvm::zip(labels, *shape)) {
      bool isNamed = llvm::isAlpha(label);
      if (!isNamed && !(label >= '0' && label < '@'))
        return fail("has a label that is no letter");
      auto [known, inserted] = equation.dims.try_emplace(label, dim);
      Dim &bound = known->second;
      if (inserted)
        continue;
      if (!bound.isKnown() || bound.size == 1)
        bound = dim.isKnown() ? dim : bound;
      else if (dim.isKnown() && dim.size != bound.size && dim.size != 1)
        return fail(Twine("has different sizes for '") + Twine(label) + "'");
    }
    equation.inputs.push_back(std::move(labels));
  }
  if (isExplicit) {
    auto [before, after] = right.split("...");
    equation.output = before.str();
    if (right.contains("..."))
      equation.output += ellipsis(ellipsisRank) + after.str();
  } else {
    // Labels that occur once, in alphabetic order, after the ellipsis.
    std::string all = llvm::join(equation.inputs, "");
    std::string once;
    for (char label : all)
      if (llvm::isAlpha(label) && llvm::count(all, label) == 1)
        once += label;
    llvm::sort(once);
    equation.output = ellipsis(ellipsisRank) + once;
  }
  for (char label : equation.output)
    if (!equation.dims.count(label) || llvm::count(equation.output, label) != 1)
      return fail("has an output that does not follow from its inputs");
  return std::optional(std::move(equation));
}
