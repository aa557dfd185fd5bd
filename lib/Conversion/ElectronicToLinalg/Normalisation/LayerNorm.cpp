//===- LayerNorm.cpp - Over the last axes -----------------------*- C++ -*-===//
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

/// LayerNormalization, and with `isCentred` false RMSNormalization.
template <bool isCentred> static Lowered layerNorm(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis", -1), node.rank(0));
  Standardised parts =
      standardise(node, wideInput(node, 0), axesFrom(axis, node.rank(0)),
                  node.getFloat("epsilon", 1e-5), isCentred);
  Value result = scaleAndShift(node, narrow(node, parts.value),
                               node.has(1) ? node.input(1) : Value(),
                               node.has(2) ? node.input(2) : Value());
  SmallVector<Value> results = {narrow(node, result)};
  if (isCentred && node.numResults() > 1)
    results.push_back(narrow(node, parts.mean, 1));
  if (node.numResults() > results.size())
    results.push_back(narrow(node, parts.inverse, results.size()));
  return results;
}

static const Row rows[] = {
    {"LayerNormalization", layerNorm<true>},
    {"RMSNormalization", layerNorm<false>},
    {"RMSNorm", layerNorm<false>},
    {"SimplifiedLayerNormalization", layerNorm<false>},
    {"com.microsoft.SimplifiedLayerNormalization", layerNorm<false>},
};
llvm::ArrayRef<Row> ohas::electronic::normalisationRows() { return rows; }
