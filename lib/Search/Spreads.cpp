//===- Spreads.cpp - Every way to spread over the fan-outs ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spreads.h"
#include "LoopBounds.h"
#include "llvm/Support/MathExtras.h"
#include <map>
#include <set>

using namespace ohas::search;
using namespace ohas::cost;

DimBounds ohas::search::mirrored(DimBounds bounds) {
  for (auto [one, other] : mirroredDims)
    std::swap(bounds[index(one)], bounds[index(other)]);
  return bounds;
}

bool ohas::search::isMirrorSymmetric(const MappingProblem &problem) {
  Workload twin = problem.workload;
  for (auto [one, other] : mirroredDims)
    std::swap(twin.size(one), twin.size(other));
  std::swap(twin.strides[0], twin.strides[1]);
  std::swap(twin.dilations[0], twin.dilations[1]);
  if (!(twin == problem.workload))
    return false;
  for (llvm::ArrayRef<unsigned> levels :
       {llvm::ArrayRef(problem.memories), llvm::ArrayRef(problem.fanouts)})
    for (unsigned level : levels)
      for (auto [one, other] : mirroredDims)
        if (problem.accepted(level).contains(one) !=
            problem.accepted(level).contains(other))
          return false;
  return true;
}

namespace {
class Spreader {
public:
  Spreader(const MappingProblem &problem, Factors factors,
           SpreadVisitor &visitor);
  void run();

private:
  void fanout(size_t position);
  void dim(size_t position, size_t number, int64_t copies);
  void next(size_t position);
  bool isLikeOuter(unsigned fanout) const;
  bool isMirrored() const;
  llvm::ArrayRef<int64_t> boundsOf(int64_t trips, int64_t copies);

  const MappingProblem &problem;
  Factors factors;
  SpreadVisitor &visitor;
  Spread spread;
  DimBounds trips;
  bool stopped = false;
  bool mirrors; ///< height and width are alike
  /// By fan-out: does the next one further out do the same, at the same place?
  llvm::SmallVector<bool, 6> joins;
  /// Products of joined fan-outs that were seen, by what is inside of them.
  llvm::SmallVector<std::set<DimBounds>, 6> seen;
  /// By trips and copies; nodes stay where they are.
  std::map<std::pair<int64_t, int64_t>, llvm::SmallVector<int64_t, 32>> bounds;
};
} // namespace

Spreader::Spreader(const MappingProblem &problem, Factors factors,
                   SpreadVisitor &visitor)
    : problem(problem), factors(factors), visitor(visitor),
      trips(problem.workload.sizes) {
  DimBounds ones;
  ones.fill(1);
  spread.assign(problem.fanouts.size(), ones);
  for (unsigned fanout : problem.fanouts)
    joins.push_back(isLikeOuter(fanout));
  mirrors = isMirrorSymmetric(problem);
  seen.resize(problem.fanouts.size());
}

bool Spreader::isLikeOuter(unsigned fanout) const {
  if (fanout == 0)
    return false;
  const Level &inner = problem.accelerator.levels[fanout],
              &outer = problem.accelerator.levels[fanout - 1];
  if (outer.kind != LevelKind::Fanout || inner.modes != outer.modes)
    return false;
  for (Tensor tensor : allTensors)
    if (inner.maxPerStep[index(tensor)] || outer.maxPerStep[index(tensor)])
      return false;
  return true;
}

/// Is the spread the twin of one that is visited? Of joined fan-outs only the
/// products count.
bool Spreader::isMirrored() const {
  std::vector<DimBounds> products;
  for (size_t i = 0; i < spread.size(); ++i)
    if (i > 0 && joins[i])
      for (Dim dim : problem.dims)
        products.back()[index(dim)] *= spread[i][index(dim)];
    else
      products.push_back(spread[i]);
  std::vector<DimBounds> twins;
  for (const DimBounds &product : products)
    twins.push_back(mirrored(product));
  return twins < products;
}

void Spreader::next(size_t position) {
  if (!visitor.promises(spread, position, problem.leastSteps(trips, position)))
    return;
  if (position > 0 && joins[position]) {
    // The trips that are left say how much is spread so far.
    fanout(position - 1);
    return;
  }
  // The first of a group of joined fan-outs, from the outside.
  if (position + 1 < problem.fanouts.size() && joins[position + 1]) {
    DimBounds product;
    product.fill(1);
    for (size_t i = position; i < problem.fanouts.size(); ++i) {
      for (Dim dim : problem.dims)
        product[index(dim)] *= spread[i][index(dim)];
      if (i + 1 == problem.fanouts.size() || !joins[i + 1])
        break;
    }
    if (!seen[position].insert(product).second)
      return;
  }
  if (position > 0) {
    fanout(position - 1);
    return;
  }
  if (mirrors && isMirrored())
    return;
  double steps = 1;
  for (Dim dim : problem.dims)
    steps *= double(trips[index(dim)]);
  stopped = !visitor.visit(spread, steps);
}

llvm::ArrayRef<int64_t> Spreader::boundsOf(int64_t trips, int64_t copies) {
  auto [place, isNew] = bounds.try_emplace({trips, std::min(trips, copies)});
  if (isNew)
    place->second = spreadBounds(trips, copies, factors);
  return place->second;
}

void Spreader::dim(size_t position, size_t number, int64_t copies) {
  if (number == problem.dims.size())
    return next(position);
  Dim dim = problem.dims[number];
  unsigned fanout = problem.fanouts[position];
  if (!problem.accepted(fanout).contains(dim))
    return this->dim(position, number + 1, copies);
  int64_t &left = trips[index(dim)];
  int64_t before = left;
  llvm::ArrayRef<int64_t> bounds = boundsOf(before, copies);
  for (size_t i = bounds.size(); i-- > 0 && !stopped;) {
    spread[position][index(dim)] = bounds[i];
    left = llvm::divideCeilSigned(before, bounds[i]);
    this->dim(position, number + 1, copies / bounds[i]);
  }
  spread[position][index(dim)] = 1;
  left = before;
}

void Spreader::fanout(size_t position) {
  // The innermost of a group: what was seen had something else inside.
  if (position + 1 == problem.fanouts.size() || !joins[position + 1])
    for (size_t i = position;; --i) {
      seen[i].clear();
      if (i == 0 || !joins[i])
        break;
    }
  dim(position, 0,
      problem.accelerator.levels[problem.fanouts[position]].extent);
}

void Spreader::run() {
  if (problem.fanouts.empty()) {
    double steps = 1;
    for (Dim dim : problem.dims)
      steps *= double(trips[index(dim)]);
    visitor.visit(spread, steps);
    return;
  }
  fanout(problem.fanouts.size() - 1);
}

void ohas::search::forEachSpread(const MappingProblem &problem, Factors factors,
                                 SpreadVisitor &visitor) {
  Spreader(problem, factors, visitor).run();
}
