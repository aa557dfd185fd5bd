//===- TileContractionsTest.cpp - Both forms of a mapping agree -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random layers under random mappings: written out as loops they cost the same
// and compute the same. OHAS_TILE_SEED=7 looks at one seed, OHAS_TILE_CASES=500
// tries more.
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Verifier.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/CostAnalysis.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Execution/Program.h"
#include "ohas/InitAll.h"
#include "ohas/Transforms/LoadAccelerator.h"
#include "gtest/gtest.h"
#include <cstdlib>

using namespace mlir;
using namespace ohas;
using namespace ohas::test;

static uint64_t setting(const char *name, uint64_t otherwise) {
  const char *text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

static const DialectRegistry &dialects() {
  static const DialectRegistry *registry = [] {
    auto *all = new DialectRegistry;
    mlir::registerAllDialects(*all);
    mlir::registerAllExtensions(*all);
    ohas::registerAllDialects(*all);
    return all;
  }();
  return *registry;
}

static HostTensor filled(const HostTensor &type, LayerGenerator &draw) {
  HostTensor tensor = type;
  tensor.bytes.resize(type.numElements() * elementBytes(type.element));
  bool isReal = type.element[0] == 'f';
  for (int64_t i = 0; i < type.numElements(); ++i)
    tensor.set(i, isReal ? draw.below(2001) / 1000.0 - 1 : draw.below(17) - 8);
  return tensor;
}

static std::vector<HostTensor> run(ModuleOp module, unsigned seed) {
  auto program = Program::compile(module, MissingWeights::Random, 1);
  if (failed(program))
    return {};
  LayerGenerator draw(seed);
  std::vector<HostTensor> inputs;
  for (const Port &port : program->inputs())
    inputs.push_back(filled(port.type, draw));
  auto results = program->run(inputs);
  if (!results) {
    ADD_FAILURE() << llvm::toString(results.takeError());
    return {};
  }
  return std::move(*results);
}

static void expectEqual(const HostTensor &a, const HostTensor &b) {
  ASSERT_EQ(a.typeName(), b.typeName());
  double most = 0, apart = 0;
  for (int64_t i = 0; i < a.numElements(); ++i) {
    most = std::max(most, std::abs(a.at(i)));
    apart = std::max(apart, std::abs(a.at(i) - b.at(i)));
  }
  if (a.element[0] != 'f')
    EXPECT_EQ(apart, 0);
  else
    EXPECT_LE(apart, 1e-4 * std::max(most, 1e-3));
}

/// Copies run one after the other here, so that values do not show a race:
/// whoever adds to sums that others add to needs sums of its own.
static void expectOwnSums(ModuleOp module, bool isTransposed) {
  using cost::Dim;
  module.walk([&](scf::ForallOp forall) {
    SmallVector<cost::Loop> loops;
    for (Attribute copies : forall.getMappingAttr())
      loops.push_back(
          cast<optical::LevelMappingAttr>(copies).getLoops().front());
    auto has = [&](Dim dim) {
      return llvm::any_of(llvm::enumerate(loops), [&](auto entry) {
        OpFoldResult copies = forall.getMixedUpperBound()[entry.index()];
        return entry.value().dim == dim && !isConstantIntValue(copies, 1);
      });
    };
    cost::DimSet reduced = {Dim::C};
    for (auto [position, kernel] : cost::windowPairs) {
      if (!isTransposed || has(position))
        reduced.insert(kernel);
      if (isTransposed && has(kernel))
        reduced.insert(position);
    }
    auto insert = cast<tensor::ParallelInsertSliceOp>(
        *forall.getTerminator().getYieldingOps().begin());
    unsigned stacked = insert.getDestType().getRank() - 6, needed = 0;
    for (Dim dim : cost::allDims)
      needed += reduced.contains(dim) && has(dim);
    EXPECT_GE(stacked, needed);
  });
}

namespace {
class Case {
public:
  explicit Case(unsigned seed)
      : seed(seed), draw(seed),
        context(dialects(), MLIRContext::Threading::DISABLED) {
    context.printOpOnDiagnostic(false);
  }

  /// False if no mapping was found.
  bool check() {
    static const char *shipped[] = {"albireo", "lightening-transformer",
                                    "mrr-bank"};
    std::string target =
        seed % 2 ? "random" : shipped[seed / 2 % std::size(shipped)];
    std::string text = draw.layer();
    if (target == "random")
      text = draw.accelerator() + text;
    SCOPED_TRACE("seed " + std::to_string(seed) + ", " + target + "\n" + text);
    auto module = parseSourceString<ModuleOp>(text, &context);
    EXPECT_TRUE(module);
    if (!module)
      return true;
    FailureOr<optical::AcceleratorOp> op = loadAccelerator(*module, target);
    EXPECT_TRUE(succeeded(op));
    auto accelerator = buildAccelerator(*op);
    EXPECT_TRUE(succeeded(accelerator));
    optical::OpticalContractionOp layer;
    module->walk([&](optical::OpticalContractionOp op) { layer = op; });
    FailureOr<cost::Workload> workload = layer.getWorkload();
    EXPECT_TRUE(succeeded(workload));
    if (llvm::Error error = cost::checkWorkload(*workload, *accelerator)) {
      llvm::consumeError(std::move(error));
      return false;
    }
    std::optional<cost::Mapping> mapping =
        draw.mapping(*workload, *accelerator);
    if (!mapping)
      return false;
    layer.setMappingAttr(fromMapping(&context, *mapping, *accelerator));
    (*module)->setAttr(optical::targetAttrName,
                       FlatSymbolRefAttr::get(op->getSymNameAttr()));
    EXPECT_TRUE(succeeded(verify(*module)));
    recordFanIns(*module);
    OwningOpRef<ModuleOp> tiled(cast<ModuleOp>((*module)->clone()));
    PassManager passes(&context);
    passes.addPass(createTileContractions());
    EXPECT_TRUE(succeeded(passes.run(*tiled)));
    SCOPED_TRACE(printed(layer));
    expectOwnSums(*tiled, workload->transposed);
    compareCosts(*module, *tiled);
    // A weight that is an argument of the code is none for a mapping.
    layer.setMappingAttr({});
    std::vector<HostTensor> expected = run(*module, seed);
    std::vector<HostTensor> actual = run(*tiled, seed);
    EXPECT_EQ(expected.size(), 1u);
    EXPECT_EQ(actual.size(), 1u);
    if (expected.size() == 1 && actual.size() == 1)
      expectEqual(expected[0], actual[0]);
    return true;
  }

private:
  static std::string printed(Operation *op) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    op->print(stream);
    return text;
  }

  void compareCosts(ModuleOp plain, ModuleOp tiled) {
    CostAnalysis expected(plain, "mapped"), actual(tiled, "mapped");
    ASSERT_TRUE(expected.isValid());
    ASSERT_TRUE(actual.isValid());
    ASSERT_EQ(actual.operations().size(), 1u);
    const OperationCost &a = expected.operations()[0];
    const OperationCost &b = actual.operations()[0];
    EXPECT_TRUE(a.workload == b.workload);
    EXPECT_TRUE(a.mapping == b.mapping);
    EXPECT_EQ(b.count, 1);
    EXPECT_EQ(a.counts.computeCycles, b.counts.computeCycles);
    EXPECT_EQ(fromCost(&context, a.cost), fromCost(&context, b.cost));
    // What MLIR simplifies costs the same.
    OwningOpRef<ModuleOp> simple(cast<ModuleOp>(tiled->clone()));
    PassManager passes(&context);
    passes.addPass(createCanonicalizerPass());
    passes.addPass(createCSEPass());
    ASSERT_TRUE(succeeded(passes.run(*simple)));
    CostAnalysis simplified(*simple, "mapped");
    ASSERT_TRUE(simplified.isValid());
    // A result that is all padding leaves nothing to compute.
    if (simplified.operations().empty())
      return;
    EXPECT_EQ(fromCost(&context, a.cost),
              fromCost(&context, simplified.operations()[0].cost));
  }

  unsigned seed;
  LayerGenerator draw;
  MLIRContext context;
};
} // namespace

TEST(TileContractions, CostsAndComputesAsTheMappedOperation) {
  uint64_t first = setting("OHAS_TILE_SEED", 0);
  uint64_t cases =
      setting("OHAS_TILE_CASES", std::getenv("OHAS_TILE_SEED") ? 1 : 24);
  uint64_t checked = 0;
  for (uint64_t seed = first; seed < first + cases && !HasFailure(); ++seed)
    checked += Case(seed).check();
  RecordProperty("checked", std::to_string(checked));
  llvm::outs() << checked << " of " << cases << " seeds have a mapping\n";
  EXPECT_TRUE(cases == 1 || checked > cases / 2 || HasFailure());
}
