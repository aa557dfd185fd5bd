//===- NetworkEvaluatorTest.cpp ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/NetworkEvaluator.h"
#include "Nests.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Search.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

static Expression expr(llvm::StringRef text) {
  return llvm::cantFail(Expression::parse(text));
}

/// Memory, `cores` copies, a laser that is always on and a vector unit.
static AcceleratorSpec makeSpec() {
  AcceleratorSpec spec;
  spec.name = "cores";
  spec.properties = {{"clock_ghz", expr("1")}};
  spec.link = LinkSpec{"laser_dbm", expr("cores"), expr("12"), {}, {}, ""};
  spec.knobs = {{"cores", "", 4, {1, 2, 4, 8, 16}}, {"unused", "", 1, {1, 2}}};
  LevelSpec dram;
  dram.name = "dram";
  dram.kind = LevelKind::Memory;
  dram.canKeep = dram.mustKeep = everyTensor;
  dram.properties = {{"read_fj_per_bit", expr("10")}};
  LevelSpec cores;
  cores.name = "cores";
  cores.kind = LevelKind::Fanout;
  cores.properties = {{"extent", expr("cores")}};
  LevelSpec laser;
  laser.name = "laser";
  laser.kind = LevelKind::Component;
  laser.properties = {{"static_uw", expr("1000")}, {"area_um2", expr("5e6")}};
  LevelSpec mac;
  mac.name = "mac";
  mac.kind = LevelKind::Compute;
  mac.properties = {{"energy_fj", expr("100")}};
  spec.levels = {dram, cores, laser, mac};
  VectorUnitSpec unit;
  unit.name = "simd";
  unit.memory = "dram";
  unit.properties = {{"elements_per_cycle", expr("2")},
                     {"clock_ghz", expr("1")}};
  unit.energyFjPerElement = {{OperationClass::Activation, expr("7")}};
  spec.vectorUnit = unit;
  return spec;
}

static NetworkWork makeWork() {
  NetworkWork work;
  work.layers = {{matmul(16, 16, 16), 1, "first"}, {matmul(32, 8, 4), 3, ""}};
  work.electronic = {{{OperationClass::Activation, 1000, 8000, 8000}, 2}};
  return work;
}

static DesignPoint cores(double value) {
  DesignPoint point;
  point.knobs["cores"] = value;
  return point;
}

static Constraint constraint(llvm::StringRef text) {
  return llvm::cantFail(Constraint::parse(text, {"cores"}));
}

TEST(NetworkEvaluator, SumsLayersElectronicsAndWhatIsAlwaysOn) {
  AcceleratorSpec spec = makeSpec();
  NetworkEvaluator evaluator(spec, makeWork(), {}, {});
  NetworkDesign design = evaluator.design(cores(4));
  ASSERT_EQ(design.outcome.status, Status::Feasible);
  ASSERT_EQ(design.layers.size(), 2u);
  Cost electronic = evaluate(makeWork().electronic[0].work, design.accelerator);
  int64_t on = 0;
  for (const Share &share :
       alwaysEnergy(design.accelerator, electronic.latencyPs))
    on += share.value;
  EXPECT_GT(on, 0);
  Totals totals = design.outcome.totals;
  EXPECT_EQ(totals.latencyPs, design.layers[0].latencyPs +
                                  3 * design.layers[1].latencyPs +
                                  2 * electronic.latencyPs);
  EXPECT_EQ(totals.energyFj, design.layers[0].energyFj +
                                 3 * design.layers[1].energyFj +
                                 2 * (electronic.energyFj + on));
  EXPECT_EQ(totals.areaUm2, 20'000'000); // one laser a core
  EXPECT_EQ(totals.peakPowerUw, footprint(design.accelerator).peakPowerUw);
  EXPECT_TRUE(evaluator.evaluate(cores(4)).totals == totals);
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
  EXPECT_EQ(evaluator.mappingsEvaluated(), 0u);

  Outcome slow = evaluator.evaluate(cores(4));
  EXPECT_EQ(slow.status, Status::Infeasible);
  ASSERT_EQ(slow.rejections.size(), 1u);
  EXPECT_EQ(slow.rejections[0].kind, "latency_ms>1000");
  EXPECT_GT(evaluator.mappingsEvaluated(), 0u);
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
  evaluator.evaluate(point);
  uint64_t once = evaluator.mappingsEvaluated();
  point.knobs["unused"] = 2;
  evaluator.evaluate(point);
  EXPECT_EQ(evaluator.mappingsEvaluated(), once);
  evaluator.evaluate(cores(2));
  EXPECT_GT(evaluator.mappingsEvaluated(), once);
}

TEST(NetworkEvaluator, SearchesEqualBruteForceWhateverTheJobs) {
  AcceleratorSpec spec = makeSpec();
  DesignSpace space = llvm::cantFail(DesignSpace::create(spec, {}));
  auto run = [&](unsigned jobs) {
    NetworkEvaluator evaluator(spec, makeWork(), {}, {});
    SearchOptions options;
    options.jobs = jobs;
    auto strategy = createStrategy(space, options);
    SearchResult result = searchDesigns(
        space, *strategy,
        [&](const Candidate &candidate) {
          return evaluator.evaluate(candidate.point);
        },
        options);
    return std::make_pair(result, evaluator.mappingsEvaluated());
  };
  auto [one, mappings] = run(1);
  auto [two, sameMappings] = run(2);
  EXPECT_EQ(mappings, sameMappings);
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
