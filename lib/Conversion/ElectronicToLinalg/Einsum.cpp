//===- Einsum.cpp - Sums of products that are no contractions ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Table.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// One loop a label: those of the result first, then those summed over. Only
/// what is no matrix product comes here.
static Lowered einsum(Node &node) {
  std::string equation;
  for (char c : node.getString("equation"))
    if (!llvm::isSpace(c))
      equation += c;
  StringRef inputs, outputs;
  std::tie(inputs, outputs) = StringRef(equation).split("->");
  if (!StringRef(equation).contains("->") ||
      equation.find('.') != std::string::npos)
    return node.fail("an equation with an ellipsis, or without its result");
  SmallVector<StringRef> terms;
  inputs.split(terms, ',');
  if (terms.size() != node.numInputs())
    return node.fail("an equation that its operands do not fit");
  std::string labels = outputs.str();
  for (auto [i, term] : llvm::enumerate(terms)) {
    if (static_cast<int64_t>(term.size()) != node.rank(i))
      return node.fail("an equation that its operands do not fit");
    for (auto [axis, label] : llvm::enumerate(term)) {
      // A dim of 1 would broadcast.
      for (auto [j, other] : llvm::enumerate(terms))
        for (auto [otherAxis, otherLabel] : llvm::enumerate(other))
          if (label == otherLabel &&
              node.shape(i)[axis] != node.shape(j)[otherAxis])
            return node.fail("dims of one label that differ");
      if (!StringRef(labels).contains(label))
        labels += label;
    }
  }
  OpBuilder &b = node.b;
  auto mapOf = [&](StringRef term) {
    SmallVector<AffineExpr> exprs;
    for (char label : term)
      exprs.push_back(b.getAffineDimExpr(labels.find(label)));
    return AffineMap::get(labels.size(), 0, exprs, b.getContext());
  };
  auto type = node.resultType();
  Type wide = sumType(type.getElementType());
  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  for (auto [i, term] : llvm::enumerate(terms)) {
    operands.push_back(
        convertTensor(node, node.input(i), node.isInputUnsigned(i), wide));
    maps.push_back(mapOf(term));
  }
  Value sum =
      accumulate(b, node.loc, filledTensor(b, node.loc, type.clone(wide), 0.0),
                 mapOf(outputs), operands, maps,
                 [](OpBuilder &inner, Location loc, ValueRange x) {
                   Scalar s{inner, loc};
                   Value product = x[0];
                   for (Value factor : x.drop_front().drop_back())
                     product = s.mul(product, factor);
                   return s.add(x.back(), product);
                 });
  return SmallVector<Value>{narrowed(b, node.loc, sum, type.getElementType())};
}

static const Row rows[] = {
    {"Einsum", einsum},
};
llvm::ArrayRef<Row> ohas::electronic::einsumRows() { return rows; }
