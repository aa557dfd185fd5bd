//===- Losses.cpp - Losses of classifications -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Reduce.h"
#include "../Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Value sumOfAll(Node &node, Value value) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  return reshapeTo(node.b, node.loc, sumOver(node, value, axesFrom(0, rank)),
                   {});
}

/// The loss of each sample, -logs[n, label, ...] * weight[label], and what
/// becomes of all of them. Samples of the ignored label weigh nothing.
static Value lossOf(Node &node, Value logs) {
  auto type = cast<RankedTensorType>(logs.getType()).clone(node.shape(1));
  Type element = type.getElementType();
  int64_t classes = node.shape(0)[1];
  Value labels = node.input(1), weights;
  if (node.has(2))
    weights = convertTensor(node, node.input(2), false, element);
  bool hasIgnored = node.hasAttribute("ignore_index");
  int64_t ignored = node.getInt("ignore_index");
  auto place = [&](const Scalar &s, Value label) {
    Value at = s.toIndex(label);
    return s.min(s.max(at, s.index(0)), s.index(classes - 1));
  };
  Value weightOfSample =
      mapTensor(node, type, labels, [&](const Scalar &s, ValueRange x) {
        Value one = scalarConstant(s.b, s.loc, element, 1);
        Value weight = weights ? s.extract(weights, place(s, x[0])) : one;
        if (!hasIgnored)
          return weight;
        return s.select(s.equal(x[0], s.number(x[0], ignored)),
                        s.number(one, 0), weight);
      });
  Value losses = fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        SmallVector<Value> from(at);
        from.insert(from.begin() + 1, place(s, s.extract(labels, at)));
        Value weight = s.extract(weightOfSample, at);
        Value loss = s.neg(s.mul(s.extract(logs, from), weight));
        // What is ignored may be infinite.
        Value zero = s.number(weight, 0);
        return s.select(s.equal(weight, zero), zero, loss);
      });
  StringRef reduction = node.getString("reduction", "mean");
  if (reduction == "none")
    return losses;
  Value sum = sumOfAll(node, losses);
  if (reduction == "sum")
    return sum;
  return mapTensor(
      node, cast<RankedTensorType>(sum.getType()),
      {sum, sumOfAll(node, weightOfSample)},
      [](const Scalar &s, ValueRange x) { return s.div(x[0], x[1]); });
}

static Value narrow(Node &node, Value value, unsigned result) {
  return convertTensor(node, value, false,
                       node.resultType(result).getElementType());
}

static Lowered negativeLogLikelihood(Node &node) {
  Value logs =
      convertTensor(node, node.input(0), false, computeType(node.element(0)));
  return SmallVector<Value>{narrow(node, lossOf(node, logs), 0)};
}

static Lowered softmaxCrossEntropy(Node &node) {
  Value x =
      convertTensor(node, node.input(0), false, computeType(node.element(0)));
  auto type = cast<RankedTensorType>(x.getType());
  Value shifted = mapTensor(
      node, type, {x, maxOver(node, x, {1})},
      [](const Scalar &s, ValueRange x) { return s.sub(x[0], x[1]); });
  Value powers =
      mapTensor(node, type, shifted,
                [](const Scalar &s, ValueRange x) { return s.exp(x[0]); });
  Value logs = mapTensor(
      node, type, {shifted, sumOver(node, powers, {1})},
      [](const Scalar &s, ValueRange x) { return s.sub(x[0], s.log(x[1])); });
  SmallVector<Value> results = {narrow(node, lossOf(node, logs), 0)};
  if (node.numResults() > 1)
    results.push_back(narrow(node, logs, 1));
  return results;
}

static const Row rows[] = {
    {"NegativeLogLikelihoodLoss", negativeLogLikelihood},
    {"SoftmaxCrossEntropyLoss", softmaxCrossEntropy},
};
llvm::ArrayRef<Row> ohas::electronic::lossRows() { return rows; }
