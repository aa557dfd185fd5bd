//===- BestFirst.cpp - Every design, as far as bounds ask for it *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which designs have to be mapped follows from the bounds and the answer alone:
// those that promise to be no worse than the second best, and those that
// nothing beats. By rising objective the former come first; by what bounds know
// exactly (area, power) those that could beat a design come before it.
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Strategy.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;

namespace {
class BestFirst : public Strategy {
public:
  BestFirst(const DesignSpace &space, const Goal &goal, const FrontAxes &axes,
            std::vector<Outcome> bounds);

  std::optional<Candidate> ask(const Bar &bar) override;
  void tell(const Candidate &, const Outcome &) override {}
  bool isExhaustive() const override { return true; }
  double leastPossible() const override {
    return byPromise.empty() ? 0 : promise(byPromise.front()).first;
  }
  uint64_t numOpen(const Bar &bar) const override;

private:
  GoalValue promise(size_t design) const {
    return valueOf(goal, bounds[design].totals);
  }
  void sortForFront(const FrontAxes &axes);
  Candidate propose(size_t design);
  Candidate dispose(size_t design, Status status);

  const DesignSpace &space;
  Goal goal;
  std::vector<Outcome> bounds; ///< moved out when disposed of
  /// Open designs, in the order in which they may be the best or on the front.
  std::vector<uint32_t> byPromise, byExact;
  std::vector<uint32_t> pruned, beaten;
  std::vector<bool> proposed;
  size_t nextPruned = 0, nextPromise = 0, nextExact = 0, nextBeaten = 0;
  uint64_t asked = 0;
};
} // namespace

BestFirst::BestFirst(const DesignSpace &space, const Goal &goal,
                     const FrontAxes &axes, std::vector<Outcome> bounds)
    : space(space), goal(goal), bounds(std::move(bounds)) {
  for (size_t i = 0; i < this->bounds.size(); ++i)
    (this->bounds[i].status == Status::Pruned ? pruned : byPromise)
        .push_back(i);
  byExact = byPromise;
  // Where bounds say nothing, the defaults are the best guess.
  auto standard = llvm::find_if(byPromise, [&](uint32_t design) {
    return space.choiceAt(design) == space.defaultChoice();
  });
  if (standard != byPromise.end())
    std::rotate(byPromise.begin(), standard, standard + 1);
  llvm::stable_sort(byPromise, [&](uint32_t a, uint32_t b) {
    return promise(a) < promise(b);
  });
  sortForFront(axes);
  proposed.resize(this->bounds.size());
}

void BestFirst::sortForFront(const FrontAxes &axes) {
  llvm::stable_sort(byExact, [&](uint32_t a, uint32_t b) {
    const Totals &x = bounds[a].totals, &y = bounds[b].totals;
    for (Objective exact : {Objective::Area, Objective::Power})
      if (llvm::is_contained(axes, exact))
        if (double one = objectiveValue(exact, x),
            other = objectiveValue(exact, y);
            one != other)
          return one < other;
    return objectiveValue(Objective::Edp, x) <
           objectiveValue(Objective::Edp, y);
  });
}

Candidate BestFirst::propose(size_t design) {
  proposed[design] = true;
  return makeCandidate(space, asked++, *space.choiceAt(design));
}

Candidate BestFirst::dispose(size_t design, Status status) {
  Candidate candidate = propose(design);
  candidate.known = std::move(bounds[design]);
  candidate.known->status = status;
  return candidate;
}

std::optional<Candidate> BestFirst::ask(const Bar &bar) {
  if (nextPruned < pruned.size())
    return dispose(pruned[nextPruned++], Status::Pruned);
  if (nextPromise < byPromise.size() &&
      bar.mayBeSecond(bounds[byPromise[nextPromise]].totals))
    return propose(byPromise[nextPromise++]);
  while (nextExact < byExact.size()) {
    uint32_t design = byExact[nextExact++];
    if (proposed[design])
      continue;
    if (!bar.isMissedBy(bounds[design].totals))
      return propose(design);
    beaten.push_back(design);
  }
  if (nextBeaten < beaten.size())
    return dispose(beaten[nextBeaten++], Status::Beaten);
  return std::nullopt;
}

uint64_t BestFirst::numOpen(const Bar &bar) const {
  auto isOpen = [&](uint32_t design) {
    return !proposed[design] && !bar.isMissedBy(bounds[design].totals);
  };
  return llvm::count_if(llvm::ArrayRef(byExact).drop_front(nextExact), isOpen);
}

std::unique_ptr<Strategy>
ohas::search::createBestFirst(const DesignSpace &space, const Goal &goal,
                              const FrontAxes &axes,
                              std::vector<Outcome> bounds) {
  return std::make_unique<BestFirst>(space, goal, axes, std::move(bounds));
}
