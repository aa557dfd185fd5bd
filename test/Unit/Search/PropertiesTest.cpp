//===- PropertiesTest.cpp ---------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What holds for every search over designs, whatever mappings are found, on
// random networks and designs.
//
//===----------------------------------------------------------------------===//

#include "Networks.h"
#include "fmt/format.h"
#include "ohas/Search/Search.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <random>

using namespace ohas::search;
using namespace ohas::search::test;

namespace {
class Instance {
public:
  explicit Instance(unsigned seed);

  /// Looks at all designs with these values of "cores".
  SearchResult search(llvm::ArrayRef<int> values,
                      std::vector<Constraint> constraints = {}) const;
  Outcome evaluate(const NetworkWork &work) const {
    return NetworkEvaluator(spec, work, quick, {}).evaluate(cores(4));
  }
  unsigned below(unsigned n) { return random() % n; }

  std::mt19937 random;
  AcceleratorSpec spec = makeSpec();
  NetworkWork work;
  Objective objective;
  MapperOptions quick;
};
} // namespace

/// Few layers, some of them equal, with electronic work in between.
Instance::Instance(unsigned seed) : random(seed) {
  for (const char *property : {"static_uw", "area_um2"}) // of the laser
    spec.levels[2].properties[property] =
        expr(fmt::format("{}", below(100000)));
  spec.levels[0].properties["read_bits_per_cycle"] =
      expr(fmt::format("{}", 8 + below(200)));
  spec.vectorUnit->properties["overlap"] =
      expr(fmt::format("{}", 0.5 * below(3)));
  // One draw a statement: compilers differ in the order of arguments.
  for (unsigned i = 2 + below(3); i > 0; --i) {
    int64_t rows = 4 << below(2);
    int64_t columns = 4 << below(2);
    work.layers.push_back({matmul(rows, 8, columns), ""});
  }
  for (unsigned i = 0; i < 6; ++i) {
    size_t layer = below(work.layers.size());
    work.steps.push_back(contraction(layer, 1 + below(3)));
    for (unsigned n = below(3); n > 0; --n)
      work.steps.push_back(activation(below(500)));
  }
  objective = static_cast<Objective>(below(6));
  quick.objective = objective;
  quick.budget = 100;
  quick.proofBudget = 50;
}

SearchResult Instance::search(llvm::ArrayRef<int> values,
                              std::vector<Constraint> constraints) const {
  DesignSpace space = llvm::cantFail(DesignSpace::create(
      spec, {fmt::format("cores={}", fmt::join(values, ","))}));
  NetworkEvaluator evaluator(spec, work, quick, std::move(constraints));
  SearchOptions options;
  options.objective = objective;
  return test::search(evaluator, space, options);
}

/// Infinity without a design that is allowed.
static double best(const SearchResult &result, Objective objective) {
  return result.best ? objectiveValue(objective, result.best->outcome.totals)
                     : std::numeric_limits<double>::infinity();
}

/// Layers have other numbers, and blocks of a contraction and what follows it
/// another order.
static NetworkWork permuted(const NetworkWork &work, std::mt19937 &random) {
  std::vector<size_t> places(work.layers.size());
  for (size_t i = 0; i < places.size(); ++i)
    places[i] = i;
  std::shuffle(places.begin(), places.end(), random);
  NetworkWork result = work;
  for (size_t i = 0; i < places.size(); ++i)
    result.layers[places[i]] = work.layers[i];
  std::vector<std::vector<NetworkWork::Step>> blocks;
  for (NetworkWork::Step step : work.steps) {
    if (step.layer) {
      step.layer = places[*step.layer];
      blocks.emplace_back();
    }
    blocks.back().push_back(step);
  }
  std::shuffle(blocks.begin(), blocks.end(), random);
  result.steps.clear();
  for (const auto &block : blocks)
    result.steps.insert(result.steps.end(), block.begin(), block.end());
  return result;
}

TEST(SearchProperties, PermutingLayersChangesNothing) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Instance instance(seed);
    Outcome before = instance.evaluate(instance.work);
    ASSERT_EQ(before.status, Status::Feasible);
    NetworkWork other = permuted(instance.work, instance.random);
    EXPECT_TRUE(instance.evaluate(other).totals == before.totals);
  }
}

TEST(SearchProperties, MoreValuesOfAKnobAreNoWorse) {
  unsigned improved = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Instance instance(seed);
    std::vector<int> cores = {1 + int(instance.below(16))};
    double before = best(instance.search(cores), instance.objective);
    for (unsigned i = 0; i < 3; ++i) {
      int added = 1 + int(instance.below(16));
      if (llvm::is_contained(cores, added))
        continue;
      cores.insert(cores.begin() + instance.below(cores.size() + 1), added);
      double after = best(instance.search(cores), instance.objective);
      EXPECT_LE(after, before);
      improved += after < before;
      before = after;
    }
  }
  EXPECT_GT(improved, 15u);
}

TEST(SearchProperties, TighterConstraintsAreNoBetter) {
  constexpr llvm::StringRef figures[] = {"area_mm2", "latency_ms", "energy_mj",
                                         "edp_js"};
  const std::vector<int> cores = {1, 2, 3, 4, 6, 8};
  unsigned worse = 0, none = 0;
  for (unsigned seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE(seed);
    Instance instance(seed);
    SearchResult before = instance.search(cores);
    ASSERT_TRUE(before.best);
    llvm::StringRef figure = figures[instance.below(4)];
    const Totals &totals = before.best->outcome.totals;
    double limit = figure == "area_mm2"     ? double(totals.areaUm2) / 1e6
                   : figure == "latency_ms" ? double(totals.latencyPs) / 1e9
                   : figure == "energy_mj"  ? double(totals.energyFj) / 1e12
                                            : edpJs(totals);
    // From what only the best design may break to what hardly any meets.
    for (double share : {4.0, 1.5, 0.99, 0.7, 0.4}) {
      std::string text = fmt::format("{}<={}", figure.str(), share * limit);
      SearchResult after = instance.search(
          cores, {llvm::cantFail(Constraint::parse(text, {"cores"}))});
      double was = best(before, instance.objective),
             is = best(after, instance.objective);
      EXPECT_GE(is, was) << text;
      worse += is > was && after.best;
      none += !after.best;
      before = std::move(after);
    }
  }
  EXPECT_GT(worse, 8u);
  EXPECT_GT(none, 8u);
}
