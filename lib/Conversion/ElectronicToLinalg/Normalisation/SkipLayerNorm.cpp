//===- SkipLayerNorm.cpp - With a sum before --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Table.h"
#include "Standardise.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// Inputs: x, skip, gamma, then beta if centred, then a bias. Results: the
/// normalised sum, statistics if they are asked for, the sum itself.
template <bool isCentred> static Lowered skipLayerNorm(Node &node) {
  unsigned biasPlace = isCentred ? 4 : 3;
  SmallVector<Value> terms = {wideInput(node, 0), wideInput(node, 1)};
  if (node.has(biasPlace))
    terms.push_back(wideInput(node, biasPlace));
  auto type = cast<RankedTensorType>(terms[0].getType());
  Value sum = mapTensor(node, type, terms, [](const Scalar &s, ValueRange x) {
    Value total = s.add(x[0], x[1]);
    return x.size() > 2 ? s.add(total, x[2]) : total;
  });
  int64_t last = type.getRank() - 1;
  Standardised parts = standardise(
      node, sum, last, node.getFloat("epsilon", isCentred ? 1e-12 : 1e-6),
      isCentred);
  Value result =
      scaleAndShift(node, parts.value, wideInput(node, 2),
                    isCentred && node.has(3) ? wideInput(node, 3) : Value());
  SmallVector<Value> results = {narrow(node, result)};
  // Which of the results are there, their shapes tell.
  for (unsigned i = 1; i < node.numResults(); ++i) {
    bool isSum = node.resultType(i).getShape() == type.getShape();
    Value other = isSum                 ? sum
                  : isCentred && i == 1 ? parts.mean
                                        : parts.inverse;
    results.push_back(narrow(node, other, i));
  }
  return results;
}

static const Row rows[] = {
    {"SkipLayerNormalization", skipLayerNorm<true>},
    {"com.microsoft.SkipLayerNormalization", skipLayerNorm<true>},
    {"SkipSimplifiedLayerNormalization", skipLayerNorm<false>},
    {"com.microsoft.SkipSimplifiedLayerNormalization", skipLayerNorm<false>},
};
llvm::ArrayRef<Row> ohas::electronic::skipNormalisationRows() { return rows; }
