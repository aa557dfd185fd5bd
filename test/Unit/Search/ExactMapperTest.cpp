//===- ExactMapperTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "BoundOfMapping.h"
#include "BruteForceMapper.h"
#include "RandomNests.h"
#include "fmt/format.h"
#include "gtest/gtest.h"
#include <cstdlib>

using namespace ohas::search;
using namespace ohas::search::test;

static std::string show(const Mapping &mapping,
                        const Accelerator &accelerator) {
  std::string text;
  for (size_t i = 0; i < mapping.levels.size(); ++i) {
    text += accelerator.levels[i].name + " keeps " +
            std::to_string(mapping.levels[i].kept.mask()) + " [";
    for (const Loop &loop : mapping.levels[i].loops)
      text += fmt::format("{}:{} ", name(loop.dim).str(), loop.bound);
    text += "] ";
  }
  return text;
}

TEST(ExactMapper, EqualsBruteForceOnRandomNests) {
  unsigned from = 0, to = 300, proven = 0, compared = 0;
  if (const char *text = std::getenv("OHAS_SEEDS")) // from,to by hand
    sscanf(text, "%u,%u", &from, &to);
  for (unsigned seed = from; seed < to; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = generator.accelerator();
    Workload workload = generator.workload(3 + seed % 3);
    Factors factors = static_cast<Factors>(generator.below(3));
    Objective objective = static_cast<Objective>(generator.below(4));
    if (workload.macs() > 4096)
      continue;
    BruteForceMapper all(workload, accelerator, factors);
    double best = std::numeric_limits<double>::infinity();
    Mapping bestMapping;
    uint64_t valid = 0;
    bool complete = all.run(20000, [&](const Mapping &mapping) {
      ++valid;
      UnroundedCost cost =
          evaluateUnrounded(workload, accelerator, mapping,
                            count(workload, accelerator, mapping));
      double value = objectiveOf(objective, cost.energyFj, cost.latencyNs);
      if (value < best) {
        best = value;
        bestMapping = mapping;
      }
    });
    if (!complete)
      continue;
    MappingProblem problem(workload, accelerator);
    Incumbent incumbent(problem, objective);
    SearchStatistics stats;
    proven += mapExactly(problem, factors, incumbent, stats);
    ++compared;
    if (getenv("DBG") && valid) {
      for (const Mapping &m : {bestMapping, incumbent.mapping()}) {
        LayoutBound bound(problem, layoutOf(problem, m), factors);
        PartialCost c = bound.least();
        fprintf(stderr, "layout least %g fJ %g ns;",
                bound.energyFj(c, bound.latencyNs(c)), bound.latencyNs(c));
        c = boundOf(problem, bound, m);
        UnroundedCost cost = evaluateUnrounded(workload, accelerator, m,
                                               count(workload, accelerator, m));
        fprintf(stderr, " full %g fJ %g ns; exact %g %g\n",
                bound.energyFj(c, bound.latencyNs(c)), bound.latencyNs(c),
                cost.energyFj, cost.latencyNs);
      }
    }
    EXPECT_EQ(incumbent.hasMapping(), valid > 0);
    if (valid > 0 && incumbent.hasMapping())
      EXPECT_NEAR(incumbent.objectiveValue() / best, 1, 1e-9)
          << "best  " << show(bestMapping, accelerator) << "\nfound "
          << show(incumbent.mapping(), accelerator) << "\n factors "
          << int(factors) << " objective " << int(objective);
  }
  fprintf(stderr, "compared %u\n", compared);
  EXPECT_EQ(proven, compared);
}

TEST(ExactMapper, BoundsEveryMappingFromBelow) {
  unsigned from = 0, to = 400;
  if (const char *text = std::getenv("OHAS_SEEDS")) // from,to by hand
    sscanf(text, "%u,%u", &from, &to);
  unsigned compared = 0, equal = 0;
  for (unsigned seed = from; seed < to; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = generator.accelerator();
    Workload workload = generator.workload(3 + seed % 3);
    Factors factors = static_cast<Factors>(generator.below(3));
    if (workload.macs() > 4096)
      continue;
    MappingProblem problem(workload, accelerator);
    uint64_t shown = 0;
    BruteForceMapper(workload, accelerator, factors)
        .run(3000, [&](const Mapping &mapping) {
          LayoutBound bound(problem, layoutOf(problem, mapping), factors);
          EXPECT_TRUE(bound.isPossible());
          PartialCost least = boundOf(problem, bound, mapping);
          UnroundedCost cost =
              evaluateUnrounded(workload, accelerator, mapping,
                                count(workload, accelerator, mapping));
          double ns = bound.latencyNs(least), fj = bound.energyFj(least, ns);
          ++compared;
          equal += fj >= cost.energyFj * (1 - 1e-9);
          if (shown < 2 && (fj > cost.energyFj * (1 + 1e-9) ||
                            ns > cost.latencyNs * (1 + 1e-9))) {
            ++shown;
            ADD_FAILURE() << fj << " fJ, " << ns << " ns; exact "
                          << cost.energyFj << ", " << cost.latencyNs << "\n"
                          << show(mapping, accelerator);
            setenv("DBG", "1", 1);
            for (Dim dim : allDims)
              fprintf(stderr, "%s %d, ", name(dim).str().c_str(),
                      int(workload.size(dim)));
            fprintf(stderr, "strides %d %d dil %d %d factors %d tr %d\n",
                    int(workload.strides[0]), int(workload.strides[1]),
                    int(workload.dilations[0]), int(workload.dilations[1]),
                    int(factors), workload.transposed);
            LayoutBound again(problem, layoutOf(problem, mapping), factors);
            boundOf(problem, again, mapping);
            unsetenv("DBG");
            Counts counts = count(workload, accelerator, mapping);
            for (size_t i = 0; i < accelerator.levels.size(); ++i) {
              const Level &l = accelerator.levels[i];
              fprintf(stderr,
                      "%s modes %d %d %d conv %d hold %d: ", l.name.c_str(),
                      int(l.modes[0]), int(l.modes[1]), int(l.modes[2]),
                      int(counts.levels[i].conversions), l.hold);
              for (auto &t : counts.levels[i].tensors)
                fprintf(stderr, " [r %d f %d u %d]", int(t.reads), int(t.fills),
                        int(t.updates));
              fprintf(stderr, " r %g w %g limit %d\n", l.readFjPerBit,
                      l.writeFjPerBit, int(l.accumulateLimit.value_or(0)));
            }
          }
        });
  }
  fprintf(stderr, "compared %u, %u equal\n", compared, equal);
}
