//===- Scans.cpp - Running sums and products --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// Each element from the one before it along an axis.
template <Value (Scalar::*combine)(Value, Value) const, int first>
static Lowered scan(Node &node) {
  int64_t rank = node.rank(0);
  bool isExclusive = node.getInt("exclusive") != 0;
  bool isReverse = node.getInt("reverse") != 0;
  Value source = node.input(0);
  OpBuilder &b = node.b;
  Scalar outer{b, node.loc};
  SmallVector<Value> zeros(node.rank(0), outer.index(0)),
      ones(node.rank(0), outer.index(1)), ends;
  for (int64_t extent : node.shape(0))
    ends.push_back(outer.index(extent));
  // The axis is a value; where it is a constant, all of this folds.
  Value axis = outer.toIndex(
      outer.extract(reshapeTo(b, node.loc, node.input(1), {}), {}));
  axis = outer.select(outer.less(axis, outer.index(0)),
                      outer.add(axis, outer.index(rank)), axis);
  SmallVector<Value> isAxis;
  for (int64_t dim = 0; dim < rank; ++dim)
    isAxis.push_back(outer.equal(axis, outer.index(dim)));
  Value initial = filledTensor(b, node.loc, node.resultType(), first);
  scf::LoopNest nest = scf::buildLoopNest(
      b, node.loc, zeros, ends, ones, initial,
      [&](OpBuilder &inner, Location loc, ValueRange at, ValueRange state) {
        Scalar s{inner, loc};
        SmallVector<Value> here(at), before(at);
        Value isFirst;
        for (int64_t dim = 0; dim < rank; ++dim) {
          Value last = s.index(node.shape(0)[dim] - 1);
          auto place = [&](Value step) {
            return isReverse ? s.sub(last, step) : step;
          };
          Value previous = s.max(s.sub(at[dim], s.index(1)), s.index(0));
          here[dim] = s.select(isAxis[dim], place(at[dim]), at[dim]);
          before[dim] = s.select(isAxis[dim], place(previous), at[dim]);
          Value isHere =
              s.logicalAnd(isAxis[dim], s.equal(at[dim], s.index(0)));
          isFirst = isFirst ? s.logicalOr(isFirst, isHere) : isHere;
        }
        Value sofar = s.extract(state[0], before);
        Value neutral = s.number(sofar, first);
        sofar = s.select(isFirst, neutral, sofar);
        Value term = s.extract(source, isExclusive ? before : here);
        if (isExclusive)
          term = s.select(isFirst, neutral, term);
        Value next = (s.*combine)(sofar, term);
        Value changed =
            tensor::InsertOp::create(inner, loc, next, state[0], here);
        return scf::ValueVector{changed};
      });
  return SmallVector<Value>{nest.results.empty() ? initial
                                                 : nest.results.front()};
}

static const Row rows[] = {
    {"CumSum", scan<&Scalar::add, 0>},
    {"CumProd", scan<&Scalar::mul, 1>},
};
llvm::ArrayRef<Row> ohas::electronic::scanRows() { return rows; }
