//===- BestFirst.cpp - Every design, as far as bounds ask for it *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which designs have to be mapped follows from the bounds and the answer alone:
// those that promise to be no worse than the second best, and those that
// nothing beats. The former come first, by rising objective. Of the others a
// design waits as long as another one's bounds beat its own: what is mapped
// meanwhile most likely beats it, too, and then it need not be mapped.
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

  bool mustHear(const Bar &bar) override;
  std::optional<Candidate> ask(const Bar &bar) override;
  void tell(const Candidate &, const Outcome &) override {}
  bool isExhaustive() const override { return true; }
  double leastPossible() const override {
    return byPromise.empty() ? 0 : promise(byPromise.front()).first;
  }
  uint64_t numOpen(const Bar &bar) const override;

private:
  const Totals &bound(uint32_t design) const { return bounds[design].totals; }
  GoalValue promise(uint32_t design) const {
    return valueOf(goal, bound(design));
  }
  bool maySetBar(const Bar &bar) const {
    return nextPromise < byPromise.size() &&
           bar.mayBeSecond(bound(byPromise[nextPromise]));
  }
  void sortForFront();
  void dropBeaten(const Bar &bar);
  void nextWave(const Bar &bar);
  Candidate propose(uint32_t design);
  Candidate dispose(uint32_t design, Status status);

  const DesignSpace &space;
  Goal goal;
  FrontAxes axes;
  std::vector<Outcome> bounds; ///< moved out when disposed of
  /// Open designs: by promise, and those that may still be on the front.
  std::vector<uint32_t> byPromise, open;
  /// Those of `open` that are next, as the bounds of no other one beat them.
  std::vector<uint32_t> wave;
  std::vector<uint32_t> pruned, beaten;
  std::vector<bool> proposed;
  size_t nextPruned = 0, nextPromise = 0, nextInWave = 0, nextBeaten = 0;
  uint64_t asked = 0;
};
} // namespace

BestFirst::BestFirst(const DesignSpace &space, const Goal &goal,
                     const FrontAxes &axes, std::vector<Outcome> bounds)
    : space(space), goal(goal), axes(axes), bounds(std::move(bounds)) {
  for (size_t i = 0; i < this->bounds.size(); ++i)
    (this->bounds[i].status == Status::Pruned ? pruned : byPromise)
        .push_back(i);
  open = byPromise;
  // Where bounds say nothing, the defaults are the best guess.
  auto standard = llvm::find_if(byPromise, [&](uint32_t design) {
    return space.choiceAt(design) == space.defaultChoice();
  });
  if (standard != byPromise.end())
    std::rotate(byPromise.begin(), standard, standard + 1);
  llvm::stable_sort(byPromise, [&](uint32_t a, uint32_t b) {
    return promise(a) < promise(b);
  });
  sortForFront();
  proposed.resize(this->bounds.size());
}

/// By what bounds know exactly.
void BestFirst::sortForFront() {
  llvm::stable_sort(open, [&](uint32_t a, uint32_t b) {
    for (Objective exact : {Objective::Area, Objective::Power})
      if (llvm::is_contained(axes, exact))
        if (double one = objectiveValue(exact, bound(a)),
            other = objectiveValue(exact, bound(b));
            one != other)
          return one < other;
    return objectiveValue(Objective::Edp, bound(a)) <
           objectiveValue(Objective::Edp, bound(b));
  });
}

Candidate BestFirst::propose(uint32_t design) {
  proposed[design] = true;
  return makeCandidate(space, asked++, *space.choiceAt(design));
}

Candidate BestFirst::dispose(uint32_t design, Status status) {
  Candidate candidate = propose(design);
  candidate.known = std::move(bounds[design]);
  candidate.known->status = status;
  return candidate;
}

void BestFirst::dropBeaten(const Bar &bar) {
  llvm::erase_if(open, [&](uint32_t design) {
    if (proposed[design])
      return true;
    if (!bar.isMissedBy(bound(design)))
      return false;
    beaten.push_back(design);
    return true;
  });
}

/// The bounds of one design that those of no other one beat.
void BestFirst::nextWave(const Bar &bar) {
  wave.clear();
  nextInWave = 0;
  dropBeaten(bar);
  auto beats = [&](uint32_t a, uint32_t b) {
    return dominates(bound(a), bound(b), axes) &&
           !dominates(bound(b), bound(a), axes);
  };
  for (uint32_t design : open) {
    auto better = llvm::find_if(
        wave, [&](uint32_t other) { return beats(other, design); });
    if (better != wave.end())
      continue;
    llvm::erase_if(wave, [&](uint32_t other) { return beats(design, other); });
    wave.push_back(design);
  }
}

/// What was mapped last may beat all that is left.
bool BestFirst::mustHear(const Bar &bar) {
  return nextPruned == pruned.size() && !maySetBar(bar) &&
         nextInWave == wave.size() && !open.empty();
}

std::optional<Candidate> BestFirst::ask(const Bar &bar) {
  if (nextPruned < pruned.size())
    return dispose(pruned[nextPruned++], Status::Pruned);
  if (maySetBar(bar))
    return propose(byPromise[nextPromise++]);
  while (!open.empty()) {
    if (nextInWave == wave.size())
      nextWave(bar);
    while (nextInWave < wave.size()) {
      uint32_t design = wave[nextInWave++];
      if (!proposed[design] && !bar.isMissedBy(bound(design)))
        return propose(design);
    }
  }
  if (nextBeaten < beaten.size())
    return dispose(beaten[nextBeaten++], Status::Beaten);
  return std::nullopt;
}

uint64_t BestFirst::numOpen(const Bar &bar) const {
  return llvm::count_if(open, [&](uint32_t design) {
    return !proposed[design] && !bar.isMissedBy(bound(design));
  });
}

std::unique_ptr<Strategy>
ohas::search::createBestFirst(const DesignSpace &space, const Goal &goal,
                              const FrontAxes &axes,
                              std::vector<Outcome> bounds) {
  return std::make_unique<BestFirst>(space, goal, axes, std::move(bounds));
}
