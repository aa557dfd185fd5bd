//===- NetworkProofTest.cpp -------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BruteForceMapper.h"
#include "Networks.h"
#include "ohas/CostModel/Overlap.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Residency.h"
#include "gtest/gtest.h"
#include <random>

using namespace ohas::search;
using namespace ohas::search::test;

/// So frugal and slow that rounding to fJ and ps means nothing.
static AcceleratorSpec drawSpec(std::mt19937 &random, bool resident) {
  AcceleratorSpec spec = makeSpec();
  spec.properties["clock_ghz"] = expr("0.00001");
  spec.levels[0].properties["read_fj_per_bit"] = expr("1e7");
  spec.levels[0].properties["read_bits_per_cycle"] =
      expr(std::to_string(8 << random() % 3));
  spec.levels[2].properties["static_uw"] =
      expr(std::to_string(random() % 3 * 100));
  spec.levels[3].properties["energy_fj"] = expr("1e8");
  LevelSpec buffer;
  buffer.name = "buffer";
  buffer.kind = LevelKind::Memory;
  buffer.canKeep = everyTensor;
  if (resident)
    buffer.mustKeep = {Tensor::Input, Tensor::Output};
  buffer.resident = resident;
  buffer.accumulates = true;
  buffer.properties = {
      {"read_fj_per_bit", expr("1e5")},
      {"capacity_bits", expr(std::to_string(256 << random() % 4))},
      {"read_bits_per_cycle", expr(std::to_string(9 + random() % 20))}};
  spec.levels.insert(spec.levels.begin() + 1, buffer);
  return spec;
}

/// Three layers, each of which reads what the one before makes.
static NetworkWork drawChain(std::mt19937 &random) {
  NetworkWork work;
  int64_t channels = 2 << random() % 3, positions = 1 << random() % 3;
  for (size_t i = 0; i < 3; ++i) {
    int64_t made = 2 << random() % 3;
    work.layers.push_back({matmul(made, channels, positions), ""});
    NetworkWork::Step step = contraction(i);
    if (i > 0) {
      step.activations[index(Tensor::Input)] = i - 1;
      work.activations[i - 1].last = work.steps.size();
    }
    if (i < 2) {
      step.activations[index(Tensor::Output)] = i;
      work.activations.push_back(
          {made * positions, work.steps.size(), work.steps.size()});
    }
    work.steps.push_back(step);
    if (i == 1 && random() % 2)
      work.steps.push_back(activation(100 + random() % 1000));
    channels = made;
  }
  return work;
}

namespace {
using Figures = std::vector<QuickCost>;
}

/// What nothing beats.
static Figures frontOf(Figures all) {
  llvm::sort(all, [](const QuickCost &a, const QuickCost &b) {
    return std::tie(a.latencyPs, a.energyFj) <
           std::tie(b.latencyPs, b.energyFj);
  });
  Figures front;
  for (const QuickCost &one : all)
    if (front.empty() || one.energyFj < front.back().energyFj)
      front.push_back(one);
  return front;
}

/// The least value over all mappings of all layers, and whatever stays.
static double bestOfAll(const NetworkWork &work, const Accelerator &accelerator,
                        const Goal &goal) {
  // By layer and by what stays of it.
  std::array<std::array<Figures, 8>, 3> figures;
  for (size_t layer = 0; layer < 3; ++layer) {
    const Workload &workload = work.layers[layer].workload;
    bool isComplete =
        BruteForceMapper(workload, accelerator, Factors::Perfect)
            .run(2'000'000, [&](const Mapping &mapping) {
              for (uint32_t mask = 0; mask < 8; ++mask) {
                TensorSet staying;
                for (Tensor tensor : allTensors)
                  if (mask >> index(tensor) & 1)
                    staying.insert(tensor);
                if (mask && !residentLevel(accelerator))
                  break;
                Mapping stays =
                    mask ? withResidents(mapping, accelerator, staying)
                         : mapping;
                if (mask && findViolation(workload, accelerator, stays))
                  continue;
                figures[layer][mask].push_back(
                    evaluateQuick(workload, accelerator, stays,
                                  countForCost(workload, accelerator, stays)));
              }
            });
    EXPECT_TRUE(isComplete);
    for (Figures &some : figures[layer])
      some = frontOf(std::move(some));
  }
  QuickCost fixed;
  for (const NetworkWork::Step &step : work.steps)
    if (step.electronic) {
      Cost cost = evaluate(*step.electronic, accelerator);
      fixed.latencyPs += cost.latencyPs;
      fixed.energyFj += cost.energyFj;
    }
  double best = std::numeric_limits<double>::infinity();
  for (unsigned stay = 0; stay < 4; ++stay) {
    auto sets = [&](size_t layer) {
      uint32_t mask = 0;
      for (size_t activation = 0; activation < 2; ++activation) {
        if (!(stay >> activation & 1))
          continue;
        if (layer == activation)
          mask |= 1u << index(Tensor::Output);
        if (layer == activation + 1)
          mask |= 1u << index(Tensor::Input);
      }
      return mask;
    };
    for (const QuickCost &a : figures[0][sets(0)])
      for (const QuickCost &b : figures[1][sets(1)])
        for (const QuickCost &c : figures[2][sets(2)]) {
          double fj = double(fixed.energyFj + a.energyFj + b.energyFj +
                             c.energyFj),
                 ps = double(fixed.latencyPs + a.latencyPs + b.latencyPs +
                             c.latencyPs);
          best = std::min(best, goal.valueOf(fj, ps).first);
        }
  }
  return best;
}

namespace {
struct Tally {
  unsigned compared = 0, proven = 0, improved = 0;
};
} // namespace

static Tally compareAll(bool resident, uint64_t proofBudget) {
  Tally tally;
  for (unsigned seed = 0; seed < 24; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    AcceleratorSpec spec = drawSpec(random, resident);
    NetworkWork work = drawChain(random);
    MapperOptions options;
    constexpr Objective objectives[] = {Objective::Edp, Objective::Ed2p,
                                        Objective::Edp, Objective::Energy,
                                        Objective::Edp, Objective::Latency};
    options.objective = objectives[seed % 6];
    options.proofBudget = proofBudget;
    DesignPoint point = cores(1 << random() % 3);
    NetworkDesign without =
        NetworkEvaluator(spec, work, options, {}).design(point);
    EXPECT_FALSE(without.boundGap);
    options.proveNetwork = true;
    NetworkDesign design =
        NetworkEvaluator(spec, work, options, {}).design(point);
    if (design.outcome.status != Status::Feasible)
      continue;
    ++tally.compared;
    double best = bestOfAll(work, design.accelerator, options.objective),
           value =
               objectiveValue(options.objective.first, design.outcome.totals);
    EXPECT_TRUE(design.boundGap);
    double gap = design.boundGap.value_or(0);
    EXPECT_GE(gap, 1);
    EXPECT_GE(value, best * (1 - 1e-9));
    // The bound is never above it.
    EXPECT_LE(value / gap, best * (1 + 1e-9));
    if (gap <= NetworkDesign::provenGap) {
      ++tally.proven;
      EXPECT_NEAR(value / best, 1, 2e-6);
    }
    double before =
        objectiveValue(options.objective.first, without.outcome.totals);
    EXPECT_LE(value, before);
    tally.improved += value < before * (1 - 1e-9);
  }
  return tally;
}

TEST(NetworkProof, EqualsBruteForceOverAllMappings) {
  Tally tally = compareAll(/*resident=*/false, 1 << 20);
  EXPECT_EQ(tally.proven, tally.compared);
  EXPECT_GT(tally.compared, 16u);
}

TEST(NetworkProof, BoundsWhateverStaysOnChip) {
  Tally tally = compareAll(/*resident=*/true, 1 << 20);
  EXPECT_GT(tally.compared, 16u);
  EXPECT_GT(tally.proven, tally.compared / 2);
  EXPECT_GT(tally.improved, 0u);
}

TEST(NetworkProof, LimitedWorkStillBounds) {
  compareAll(/*resident=*/false, 3);
  compareAll(/*resident=*/true, 3);
  // Improved or not, it is at least as good as a search without a proof.
  EXPECT_GT(compareAll(/*resident=*/false, 0).compared, 16u);
}
