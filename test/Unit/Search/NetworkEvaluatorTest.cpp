//===- NetworkEvaluatorTest.cpp ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"
#include "ohas/CostModel/Overlap.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Search.h"
#include "gtest/gtest.h"
#include <random>

using namespace ohas::search;
using namespace ohas::search::test;

static NetworkWork makeWork() {
  NetworkWork work;
  work.layers = {{matmul(16, 16, 16), "first"}, {matmul(32, 8, 4), ""}};
  work.steps = {contraction(0), contraction(1, 3), activation(1000, 2)};
  return work;
}

TEST(NetworkEvaluator, SumsLayersElectronicsAndWhatIsAlwaysOn) {
  AcceleratorSpec spec = makeSpec();
  NetworkEvaluator evaluator(spec, makeWork(), {}, {});
  NetworkDesign design = evaluator.design(cores(4));
  ASSERT_EQ(design.outcome.status, Status::Feasible);
  ASSERT_EQ(design.layers.size(), 2u);
  Cost electronic =
      evaluate(*makeWork().steps[2].electronic, design.accelerator);
  EXPECT_GT(alwaysEnergy(design.accelerator, electronic.latencyPs).size(), 0u);
  Totals totals = design.outcome.totals;
  EXPECT_EQ(totals.latencyPs, design.layers[0].latencyPs +
                                  3 * design.layers[1].latencyPs +
                                  2 * electronic.latencyPs);
  EXPECT_EQ(totals.energyFj, design.layers[0].energyFj +
                                 3 * design.layers[1].energyFj +
                                 2 * electronic.energyFj);
  EXPECT_EQ(totals.areaUm2, 20'000'000); // one laser a core
  EXPECT_EQ(totals.peakPowerUw, footprint(design.accelerator).peakPowerUw);
  EXPECT_TRUE(evaluator.evaluate(cores(4)).totals == totals);
}

/// The sums if layers take these points of their fronts.
static Totals sumsOf(const NetworkWork &work, const Accelerator &accelerator,
                     llvm::ArrayRef<MappedPoint> layers) {
  Totals totals;
  Overlap overlap(accelerator);
  for (const NetworkWork::Step &step : work.steps) {
    if (!step.isNext)
      overlap.interrupt();
    QuickCost cost;
    if (step.layer) {
      cost = {layers[*step.layer].latencyPs, layers[*step.layer].energyFj};
      overlap.addContraction(cost.latencyPs);
    } else {
      Cost electronic = overlap.add(*step.electronic);
      cost = {electronic.latencyPs, electronic.energyFj};
    }
    totals.latencyPs += step.count * cost.latencyPs;
    totals.energyFj += step.count * cost.energyFj;
  }
  return totals;
}

TEST(NetworkEvaluator, MappingsAreChosenWithWhatTheyHide) {
  // A buffer that is slow and frugal gives mappings to choose from.
  std::mt19937 random(11);
  unsigned numChoices = 0, numHidden = 0, numOther = 0;
  for (unsigned round = 0; round < 40; ++round) {
    AcceleratorSpec spec = makeSpec();
    spec.levels[0].properties["read_bits_per_cycle"] = expr("64");
    spec.vectorUnit->properties["overlap"] =
        expr(std::to_string(0.25 * (random() % 5)));
    spec.vectorUnit->properties["static_uw"] = expr("5");
    spec.levels[2].properties["static_uw"] = expr("1"); // the laser
    LevelSpec buffer;
    buffer.name = "buffer";
    buffer.kind = LevelKind::Memory;
    buffer.canKeep = everyTensor;
    buffer.properties = {{"read_fj_per_bit", expr("0.1")},
                         {"capacity_bits", expr("4096")},
                         {"read_bits_per_cycle", expr("9")}};
    spec.levels.insert(spec.levels.begin() + 1, buffer);
    NetworkWork work;
    for (size_t i = 0; i < 3; ++i)
      work.layers.push_back(
          {matmul(8 << random() % 3, 8 << random() % 3, 4 << random() % 3),
           ""});
    for (size_t i = 0; i < 6; ++i) {
      work.steps.push_back(contraction(random() % 3, 1 + random() % 2));
      for (unsigned n = random() % 3; n > 0; --n) {
        work.steps.push_back(
            activation(random() % 2000, work.steps.back().count));
        if (random() % 4 == 0)
          work.steps.back().isNext = false;
      }
    }
    NetworkEvaluator evaluator(spec, work, {}, {});
    NetworkDesign design = evaluator.design(cores(4));
    ASSERT_EQ(design.outcome.status, Status::Feasible);
    Totals totals = design.outcome.totals;
    Totals again = sumsOf(work, design.accelerator, design.layers);
    EXPECT_EQ(totals.latencyPs, again.latencyPs);
    EXPECT_EQ(totals.energyFj, again.energyFj);
    // No other combination of mappings is better.
    std::vector<std::vector<MappedPoint>> fronts;
    for (const NetworkWork::Layer &layer : work.layers)
      fronts.push_back(
          llvm::cantFail(findMapping(layer.workload, design.accelerator, {}))
              .front);
    double best = std::numeric_limits<double>::infinity();
    for (const MappedPoint &a : fronts[0])
      for (const MappedPoint &b : fronts[1])
        for (const MappedPoint &c : fronts[2]) {
          ++numChoices;
          Totals sums = sumsOf(work, design.accelerator, {a, b, c});
          best = std::min(best, objectiveValue(Objective::Edp, sums));
        }
    EXPECT_EQ(objectiveValue(Objective::Edp, totals), best) << round;
    Accelerator waiting = design.accelerator;
    waiting.vectorUnit->overlap = 0;
    numHidden +=
        sumsOf(work, waiting, design.layers).latencyPs > totals.latencyPs;
    spec.vectorUnit->properties["overlap"] = expr("0");
    NetworkEvaluator other(spec, work, {}, {});
    std::vector<MappedPoint> layers = other.design(cores(4)).layers;
    for (size_t i = 0; i < layers.size(); ++i)
      numOther += layers[i].latencyPs != design.layers[i].latencyPs;
  }
  // There is something to choose and to hide, and hiding changes the choice.
  EXPECT_GT(numChoices, 100u);
  EXPECT_GT(numHidden, 20u);
  EXPECT_GT(numOther, 0u);
}

TEST(NetworkEvaluator, DesignsAreRejectedBeforeMappingWithNumbers) {
  AcceleratorSpec spec = makeSpec();
  NetworkEvaluator evaluator(
      spec, makeWork(), {},
      {constraint("area_mm2<=70"), constraint("latency_ms>1000")});
  Outcome large = evaluator.evaluate(cores(16));
  EXPECT_EQ(large.status, Status::Pruned);
  ASSERT_EQ(large.rejections.size(), 2u);
  EXPECT_EQ(large.rejections[0].kind, "link budget");
  EXPECT_EQ(large.rejections[0].message,
            "the laser needs 16.000 dBm per wavelength, its limit is 12.000 "
            "dBm");
  EXPECT_EQ(large.rejections[1].message, "area_mm2<=70 fails: 80 against 70");
  EXPECT_TRUE(large.effort.empty());

  Outcome slow = evaluator.evaluate(cores(4));
  EXPECT_EQ(slow.status, Status::Infeasible);
  ASSERT_EQ(slow.rejections.size(), 1u);
  EXPECT_EQ(slow.rejections[0].kind, "latency_ms>1000");
  EXPECT_EQ(slow.effort.size(), 2u);
}

TEST(NetworkEvaluator, BadDescriptionsAndUnmappableLayersAreReasons) {
  AcceleratorSpec spec = makeSpec();
  NetworkWork work = makeWork();
  work.layers[0].workload.bits[0] = 32;
  NetworkEvaluator evaluator(spec, work, {}, {});
  Outcome ragged = evaluator.evaluate(cores(1.5));
  EXPECT_EQ(ragged.status, Status::Pruned);
  ASSERT_EQ(ragged.rejections.size(), 1u);
  EXPECT_EQ(ragged.rejections[0].kind, "description");
  Outcome unmapped = evaluator.evaluate(cores(1));
  EXPECT_EQ(unmapped.status, Status::Infeasible);
  ASSERT_EQ(unmapped.rejections.size(), 1u);
  EXPECT_EQ(unmapped.rejections[0].kind, "mapping");
  EXPECT_EQ(unmapped.rejections[0].message,
            "first: weight has 32 bits, accelerator 'cores' works with 8");
}

TEST(NetworkEvaluator, EqualAcceleratorsShareTheirMappings) {
  AcceleratorSpec spec = makeSpec();
  NetworkEvaluator evaluator(spec, makeWork(), {}, {});
  DesignPoint point = cores(4);
  LayerEffort once = evaluator.evaluate(point).effort.front();
  EXPECT_GT(once.mappings, 0u);
  point.knobs["unused"] = 2;
  EXPECT_EQ(evaluator.evaluate(point).effort.front().key, once.key);
  EXPECT_NE(evaluator.evaluate(cores(2)).effort.front().key, once.key);
}

TEST(NetworkEvaluator, BoundsAreBelowWhatMappingsReach) {
  std::mt19937 random(3);
  unsigned numStaying = 0, tight = 0;
  constexpr unsigned rounds = 60;
  for (unsigned round = 0; round < rounds; ++round) {
    AcceleratorSpec spec = makeSpec();
    spec.vectorUnit->properties["overlap"] =
        expr(std::to_string(0.5 * (random() % 3)));
    spec.vectorUnit->properties["static_uw"] = expr("50");
    LevelSpec buffer;
    buffer.name = "buffer";
    buffer.kind = LevelKind::Memory;
    buffer.canKeep = everyTensor;
    buffer.mustKeep = {Tensor::Input, Tensor::Output};
    buffer.accumulates = true;
    buffer.resident = true;
    buffer.properties = {{"read_fj_per_bit", expr("1")},
                         {"capacity_bits", expr("8192")}};
    spec.levels.insert(spec.levels.begin() + 1, buffer);
    NetworkWork work;
    std::optional<size_t> made;
    for (size_t i = 0; i < 4; ++i) {
      int64_t m = 1 + random() % 24, p = 1 + random() % 24;
      work.layers.push_back({matmul(m, 1 + random() % 24, p), ""});
      work.steps.push_back(contraction(i));
      size_t step = work.steps.size() - 1;
      work.steps.back().activations[index(Tensor::Input)] = made;
      if (made)
        work.activations[*made].last = step;
      made = work.activations.size();
      work.steps.back().activations[index(Tensor::Output)] = made;
      work.activations.push_back({m * p, step, step});
      if (random() % 2)
        work.steps.push_back(activation(random() % 500));
    }
    NetworkEvaluator evaluator(spec, work, {}, {});
    DesignPoint point = cores(1 << random() % 4);
    Outcome bound = evaluator.bound(point);
    NetworkDesign design = evaluator.design(point);
    ASSERT_EQ(bound.status, Status::Open);
    ASSERT_EQ(design.outcome.status, Status::Feasible);
    const Totals &least = bound.totals, &totals = design.outcome.totals;
    EXPECT_LE(least.latencyPs, totals.latencyPs) << round;
    EXPECT_LE(least.energyFj, totals.energyFj) << round;
    EXPECT_EQ(least.areaUm2, totals.areaUm2);
    EXPECT_EQ(least.peakPowerUw, totals.peakPowerUw);
    for (TensorSet tensors : design.residents)
      numStaying += !tensors.empty();
    tight += least.latencyPs >= 0.8 * totals.latencyPs &&
             least.energyFj >= 0.8 * totals.energyFj;
  }
  EXPECT_GT(numStaying, rounds);
  EXPECT_GT(tight, rounds / 2);
}

TEST(NetworkEvaluator, BoundsRejectWhatNoMappingCanSatisfy) {
  AcceleratorSpec spec = makeSpec();
  Totals least =
      NetworkEvaluator(spec, makeWork(), {}, {}).bound(cores(4)).totals;
  auto limit = [&](double factor) {
    return std::to_string(double(least.latencyPs) * 1e-9 * factor);
  };
  auto bound = [&](const std::string &text) {
    return NetworkEvaluator(spec, makeWork(), {}, {constraint(text)})
        .bound(cores(4));
  };
  EXPECT_EQ(bound("latency_ms<" + limit(1.1)).status, Status::Open);
  Outcome slow = bound("latency_ms<" + limit(0.9));
  EXPECT_EQ(slow.status, Status::Pruned);
  EXPECT_TRUE(
      llvm::StringRef(slow.rejections.front().message).ends_with(" at best"));
  EXPECT_EQ(bound(limit(0.9) + ">=latency_ms").status, Status::Pruned);
  EXPECT_EQ(bound("energy_mj<=cores/1e9").status, Status::Pruned);
  // Bounds from below say nothing of these.
  EXPECT_EQ(bound("latency_ms>" + limit(1.1)).status, Status::Open);
  EXPECT_EQ(bound("average_power_w<0").status, Status::Open);
  EXPECT_EQ(bound("energy_mj/latency_ms<0").status, Status::Open);
}

TEST(NetworkEvaluator, SearchesEqualBruteForceWhateverTheJobs) {
  AcceleratorSpec spec = makeSpec();
  DesignSpace space = llvm::cantFail(DesignSpace::create(spec, {}));
  auto run = [&](unsigned jobs) {
    NetworkEvaluator evaluator(spec, makeWork(), {}, {});
    SearchOptions options;
    options.jobs = jobs;
    return test::search(evaluator, space, options);
  };
  SearchResult one = run(1), two = run(2);
  EXPECT_EQ(one.mappings, two.mappings);
  EXPECT_EQ(one.mapped, two.mapped);
  EXPECT_TRUE(one.exhaustive);
  EXPECT_EQ(one.evaluated, 10u);
  EXPECT_EQ(one.pruned, 2u);
  ASSERT_TRUE(one.best && two.best);
  EXPECT_EQ(one.best->candidate.choice, two.best->candidate.choice);
  EXPECT_TRUE(one.best->outcome.totals == two.best->outcome.totals);
  EXPECT_EQ(one.pareto.designs().size(), two.pareto.designs().size());
  // Brute force.
  NetworkEvaluator evaluator(spec, makeWork(), {}, {});
  for (double value : {1, 2, 4, 8})
    EXPECT_LE(objectiveValue(Objective::Edp, one.best->outcome.totals),
              objectiveValue(Objective::Edp,
                             evaluator.evaluate(cores(value)).totals));
}
