//===- PromisesTest.cpp - What a search promises and passes give -*- C++
//-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchReport.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "ohas/InitAll.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace ohas;

/// More lanes are faster and larger, so that the front has a design for each
/// number of them. What is spare takes room for nothing.
static constexpr llvm::StringLiteral text = R"(
optical.accelerator @lanes clock_ghz 1 {
  optical.knob @lanes = 1 in [1, 2, 4] "in parallel"
  optical.knob @spare = 0 in [0, 1] "lanes without work"
  optical.memory @dram keeps weight, input, output
  optical.fanout @lane x lanes over [M]
  optical.compute @mac energy_fj 100 area_um2 50 * (1 + spare)
}
func.func @main(%x: tensor<20x5xf32>) -> tensor<20x4xf32> {
  %w = arith.constant dense_resource<"w"> : tensor<5x4xf32>
  %0 = optical.matmul %x, %w : (tensor<20x5xf32>, tensor<5x4xf32>) -> tensor<20x4xf32>
  return %0 : tensor<20x4xf32>
}
)";

namespace {
class Promises : public ::testing::Test {
protected:
  Promises() {
    DialectRegistry registry;
    mlir::registerAllDialects(registry);
    ohas::registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    networks.push_back({"net", 1, parse(text)});
  }

  OwningOpRef<ModuleOp> parse(StringRef text) {
    return parseSourceString<ModuleOp>(text, &context);
  }

  /// Searches with `searchEvaluator` and keeps what was found.
  void search(SearchEvaluator evaluator = SearchEvaluator::Model) {
    options.searchEvaluator = evaluator;
    options.jobs = 2;
    design = std::make_unique<DesignSearch>(networks, options);
    ASSERT_TRUE(succeeded(design->prepare()));
    found = design->run(cancel, {});
    ASSERT_TRUE(found.best);
    ASSERT_EQ(found.pareto.designs().size(), 3u);
  }

  /// What the report says if it cannot be.
  std::string complaint() {
    llvm::Expected<RunResult> result = reportSearch(*design, found);
    return result ? "" : llvm::toString(result.takeError());
  }

  /// The front with one more fJ for the design of so many lanes.
  void promiseMore(double lanes) {
    search::ParetoFront front;
    for (search::EvaluatedDesign one : found.pareto.designs()) {
      one.outcome.totals.energyFj +=
          one.candidate.point.knobs.at("lanes") == lanes;
      front.insert(one);
    }
    found.pareto = front;
  }

  MLIRContext context{MLIRContext::Threading::DISABLED};
  std::vector<NamedNetwork> networks;
  DriverOptions options;
  std::unique_ptr<DesignSearch> design;
  search::SearchResult found;
  std::atomic<bool> cancel = false;
};
} // namespace

TEST_F(Promises, AreKept) {
  search();
  EXPECT_EQ(complaint(), "");
}

TEST_F(Promises, OfTheWinnerAreChecked) {
  search();
  ASSERT_EQ(found.best->candidate.point.knobs.at("lanes"), 4);
  found.best->outcome.totals.latencyPs -= 1;
  EXPECT_EQ(
      complaint(),
      "internal error: for the design lanes = 4, spare = 0 the search promised "
      "99999 ps, 40000 fJ, 200 um2, 400 uW, and the pass pipeline gives "
      "100000 ps, 40000 fJ, 200 um2, 400 uW");
}

TEST_F(Promises, OfEveryDesignOnTheFrontAreChecked) {
  search();
  const search::ParetoFront front = found.pareto;
  for (double lanes : {1., 2.}) {
    found.pareto = front;
    promiseMore(lanes);
    EXPECT_TRUE(StringRef(complaint())
                    .starts_with(lanes == 1
                                     ? "internal error: for the design lanes = "
                                       "1, spare = 0 the search promised "
                                       "400000 ps, 40001 fJ"
                                     : "internal error: for the design lanes = "
                                       "2, spare = 0 the search promised "
                                       "200000 ps, 40001 fJ"))
        << complaint();
  }
}

TEST_F(Promises, OfTheRunnerUpAreChecked) {
  search();
  // It is not on the front.
  ASSERT_EQ(found.runnerUp->candidate.point.knobs.at("spare"), 1);
  found.runnerUp->outcome.totals.areaUm2 = 399;
  EXPECT_EQ(complaint(),
            "internal error: for the design lanes = 4, spare = 1 the search "
            "promised 100000 ps, 40000 fJ, 399 um2, 400 uW, and the pass "
            "pipeline gives 100000 ps, 40000 fJ, 400 um2, 400 uW");
}

TEST_F(Promises, AreHeldAgainstEveryFigure) {
  search();
  const search::Totals kept = found.best->outcome.totals;
  for (int64_t search::Totals::*figure :
       {&search::Totals::latencyPs, &search::Totals::energyFj,
        &search::Totals::areaUm2, &search::Totals::peakPowerUw}) {
    found.best->outcome.totals = kept;
    found.best->outcome.totals.*figure += 1;
    EXPECT_NE(complaint(), "");
  }
}

TEST_F(Promises, ThatThePipelineCannotMapAreErrors) {
  search();
  // As if the search had not seen that half a lane is none.
  found.best->candidate.point.knobs["lanes"] = 0.5;
  std::string said;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { said += diagnostic.str(); });
  EXPECT_EQ(complaint(),
            "internal error: the pass pipeline fails on the "
            "design lanes = 0.5, spare = 0, which the search found feasible");
  EXPECT_NE(said, "");
}

TEST_F(Promises, AnAuditFindsWhatTheModelGetsWrong) {
  search(SearchEvaluator::Pipeline);
  EXPECT_EQ(complaint(), "");

  PipelineAudit audit(networks, "", design->mapperOptions());
  // The second of two that are wrong is looked at first.
  for (uint64_t number : {2, 1, 0}) {
    search::Candidate candidate;
    candidate.number = number;
    candidate.point.knobs["lanes"] = double(1 << number);
    search::Outcome outcome;
    outcome.status = search::Status::Feasible;
    outcome.totals = {400000 >> number, 40000, 50 << number, 100 << number};
    if (number > 0)
      outcome.totals.energyFj = 7;
    audit.check(candidate, outcome);
    EXPECT_EQ(outcome.totals.energyFj, 40000) << "the pipeline decides";
  }
  EXPECT_EQ(audit.designs(), 3u);
  EXPECT_EQ(
      llvm::toString(audit.disagreement()),
      "internal error: for the design lanes = 2 the search promised "
      "200000 ps, 7 fJ, 100 um2, 200 uW, and the pass pipeline gives "
      "200000 ps, 40000 fJ, 100 um2, 200 uW\n  (2 of 3 designs disagree)");
}

TEST_F(Promises, ASearchThatAnAuditFindsWrongHasNoReport) {
  options.searchEvaluator = SearchEvaluator::Pipeline;
  design = std::make_unique<DesignSearch>(networks, options);
  ASSERT_TRUE(succeeded(design->prepare()));
  // The model knows the network as it was.
  std::string longer = StringRef(text).str();
  for (size_t at; (at = longer.find("20x")) != std::string::npos;)
    longer.replace(at, 3, "30x");
  networks.front().module = parse(longer);
  found = design->run(cancel, {});
  ASSERT_TRUE(found.best);
  EXPECT_EQ(found.best->outcome.totals.latencyPs, 150000);
  EXPECT_EQ(
      complaint(),
      "internal error: for the design lanes = 4, spare = 0 the search promised "
      "100000 ps, 40000 fJ, 200 um2, 400 uW, and the pass pipeline gives "
      "150000 ps, 60000 fJ, 200 um2, 400 uW\n  (6 of 6 designs disagree)");
}

TEST_F(Promises, AnAuditSaysWhyThePipelineFails) {
  search();
  PipelineAudit audit(networks, "", design->mapperOptions());
  search::Candidate candidate;
  candidate.point.knobs["lanes"] = 0.5;
  search::Outcome outcome;
  audit.check(candidate, outcome);
  EXPECT_EQ(audit.designs(), 0u) << "rejected ones do not go through it";
  outcome.status = search::Status::Feasible;
  audit.check(candidate, outcome);
  std::string said = llvm::toString(audit.disagreement());
  EXPECT_NE(said.find("the pass pipeline fails on the design lanes = 0.5"),
            std::string::npos);
  EXPECT_NE(said.find("extent"), std::string::npos) << said;
}
