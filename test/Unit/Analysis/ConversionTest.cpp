//===- ConversionTest.cpp - Between IR and cost model -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::cost;

namespace {

class Conversion : public ::testing::Test {
protected:
  Conversion() { context.loadDialect<optical::OpticalDialect>(); }

  optical::AcceleratorOp parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    if (!module)
      return {};
    return *module->getOps<optical::AcceleratorOp>().begin();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

constexpr StringLiteral everything = R"(
module attributes {optical.target = @a} {
  optical.accelerator @a title "T" source "S" clock_ghz 2 * rate weight_bits 6
      configured <knobs = {rate = 2.5}, devices = "high", overrides = {guess = 9}> {
    optical.knob @rate = 5 in [2.5, 5] "GHz"
    optical.device_set @low source "L"
    optical.device_set @high
    optical.device @ring {low = 1, high = 2} unit "uW" source "R"
    optical.device @guess 3 assumed
    optical.define @lanes = 4 * rate source "D"
    optical.memory @dram keeps weight, input, output read_fj_per_bit ring
        duty per_step
    optical.converter @dac input from digital to optical hold energy_fj guess
        source "C"
    optical.fanout @cores x lanes over [M] input broadcast wired, output sum
        max_input 7
    optical.memory @cache keeps weight, output must output loops [P, Q]
        double_buffered no_accumulate capacity_bits 4096
    optical.component @laser count 64 static_uw 5
    optical.compute @mac energy_fj 0.5
    optical.vector_unit @simd at @dram elements_per_cycle 16
        energy_fj_per_element {softmax = 3 * ring} source "V"
    optical.accounting @published source "A" latency_ps steps * 2 {
      optical.define @steps = macs / lanes
      optical.tally @dac when "M > 1" count macs energy_fj ring area_um2 1
          power_mw 2 source "t"
    }
  }
})";

TEST_F(Conversion, SpecHoldsEverythingThatTheDescriptionSays) {
  FailureOr<AcceleratorSpec> spec = buildSpec(parse(everything));
  ASSERT_TRUE(succeeded(spec));
  EXPECT_EQ(spec->name, "a");
  EXPECT_EQ(spec->title, "T");
  EXPECT_EQ(spec->source, "S");
  ASSERT_EQ(spec->properties.size(), 2u);
  EXPECT_EQ(spec->properties["clock_ghz"].text(), "2 * rate");
  ASSERT_EQ(spec->knobs.size(), 1u);
  EXPECT_EQ(spec->knobs[0].description, "GHz");
  EXPECT_EQ(spec->knobs[0].defaultValue, 5);
  EXPECT_EQ(spec->knobs[0].values, (std::vector<double>{2.5, 5}));
  ASSERT_EQ(spec->deviceSets.size(), 2u);
  EXPECT_EQ(spec->deviceSets[0].source, "L");
  ASSERT_EQ(spec->devices.size(), 2u);
  EXPECT_EQ(spec->devices[0].unit, "uW");
  EXPECT_EQ(spec->devices[0].values["high"], 2);
  EXPECT_FALSE(spec->devices[0].assumed);
  EXPECT_EQ(spec->devices[1].values[""], 3);
  EXPECT_TRUE(spec->devices[1].assumed);
  ASSERT_EQ(spec->definitions.size(), 1u);
  EXPECT_EQ(spec->definitions[0].value.text(), "4 * rate");
  EXPECT_EQ(spec->definitions[0].source, "D");

  ASSERT_EQ(spec->levels.size(), 6u);
  const LevelSpec &dram = spec->levels[0], &dac = spec->levels[1],
                  &cores = spec->levels[2], &cache = spec->levels[3];
  EXPECT_EQ(dram.kind, LevelKind::Memory);
  EXPECT_FALSE(dram.temporalDims);
  EXPECT_TRUE(dram.accumulates);
  EXPECT_EQ(dram.duty, Duty::PerStep);
  EXPECT_EQ(dac.kind, LevelKind::Converter);
  EXPECT_EQ(dac.tensor, Tensor::Input);
  EXPECT_EQ(dac.from, "digital");
  EXPECT_EQ(dac.to, "optical");
  EXPECT_EQ(dac.source, "C");
  EXPECT_TRUE(dac.hold);
  EXPECT_EQ(cores.kind, LevelKind::Fanout);
  EXPECT_EQ(cores.properties.at("extent").text(), "lanes");
  EXPECT_EQ(cores.properties.at("max_input").text(), "7");
  EXPECT_EQ(*cores.spatialDims, DimSet{Dim::M});
  EXPECT_EQ(cores.modes[index(Tensor::Input)], FanoutMode::Broadcast);
  EXPECT_EQ(cores.modes[index(Tensor::Output)], FanoutMode::Sum);
  EXPECT_EQ(cores.wired, TensorSet{Tensor::Input});
  EXPECT_EQ(cache.canKeep, (TensorSet{Tensor::Weight, Tensor::Output}));
  EXPECT_EQ(cache.mustKeep, TensorSet{Tensor::Output});
  EXPECT_EQ(*cache.temporalDims, (DimSet{Dim::P, Dim::Q}));
  EXPECT_TRUE(cache.doubleBuffered);
  EXPECT_FALSE(cache.accumulates);
  EXPECT_EQ(spec->levels[4].kind, LevelKind::Component);
  EXPECT_EQ(spec->levels[5].kind, LevelKind::Compute);

  ASSERT_TRUE(spec->vectorUnit);
  EXPECT_EQ(spec->vectorUnit->memory, "dram");
  EXPECT_EQ(spec->vectorUnit->source, "V");
  EXPECT_EQ(
      spec->vectorUnit->energyFjPerElement[OperationClass::Softmax].text(),
      "3 * ring");
  ASSERT_EQ(spec->accountings.size(), 1u);
  const AccountingSpec &accounting = spec->accountings[0];
  EXPECT_EQ(accounting.latencyPs.text(), "steps * 2");
  ASSERT_EQ(accounting.definitions.size(), 1u);
  ASSERT_EQ(accounting.tallies.size(), 1u);
  EXPECT_EQ(accounting.tallies[0].when.text(), "M > 1");
  EXPECT_EQ(accounting.tallies[0].powerMw.text(), "2");
  EXPECT_EQ(accounting.tallies[0].source, "t");
}

TEST_F(Conversion, ConfiguredChoosesTheDesignPoint) {
  optical::AcceleratorOp op = parse(everything);
  FailureOr<DesignPoint> point = designPointOf(op);
  ASSERT_TRUE(succeeded(point));
  EXPECT_EQ(point->knobs.at("rate"), 2.5);
  EXPECT_EQ(point->deviceSet, "high");
  EXPECT_EQ(point->deviceOverrides.at("guess"), 9);
  EXPECT_EQ(fromDesignPoint(&context, *point), op.getConfiguredAttr());

  FailureOr<Accelerator> accelerator = buildAccelerator(op);
  ASSERT_TRUE(succeeded(accelerator));
  EXPECT_EQ(accelerator->clockGhz, 5);
  EXPECT_EQ(accelerator->levels[0].readFjPerBit, 2);
  EXPECT_EQ(accelerator->levels[1].energyFj, 9);
  EXPECT_EQ(accelerator->levels[2].extent, 10);

  op.removeConfiguredAttr();
  accelerator = buildAccelerator(op);
  ASSERT_TRUE(succeeded(accelerator));
  EXPECT_EQ(accelerator->clockGhz, 10);
  EXPECT_EQ(accelerator->levels[0].readFjPerBit, 1);
  EXPECT_EQ(accelerator->levels[2].extent, 20);
}

TEST_F(Conversion, ExtentThatIsNoWholeNumberIsADiagnostic) {
  optical::AcceleratorOp op = parse(R"(
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.fanout @f x 3 / 2
      optical.compute @mac
    })");
  ASSERT_TRUE(op);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(buildAccelerator(op)));
  EXPECT_NE(message.find("1.5"), std::string::npos) << message;
}

TEST_F(Conversion, TargetIsFoundOrMissed) {
  optical::AcceleratorOp op = parse(everything);
  FailureOr<optical::AcceleratorOp> target = targetOf(*module);
  ASSERT_TRUE(succeeded(target));
  EXPECT_EQ(*target, op);
  module->getOperation()->removeAttr(optical::targetAttrName);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(targetOf(*module)));
  EXPECT_EQ(message, "no accelerator is chosen: 'optical.target' is missing");
}

TEST_F(Conversion, MappingsRoundTrip) {
  FailureOr<Accelerator> accelerator = buildAccelerator(parse(everything));
  ASSERT_TRUE(succeeded(accelerator));
  Mapping mapping;
  mapping.levels.resize(accelerator->levels.size());
  mapping.levels[0].kept = {Tensor::Weight, Tensor::Input, Tensor::Output};
  mapping.levels[0].loops = {{Dim::M, 8}, {Dim::C, 3}, {Dim::M, 2}};
  mapping.levels[2].loops = {{Dim::M, 4}};
  optical::MappingAttr attribute = fromMapping(&context, mapping, *accelerator);
  // The cache keeps nothing and the converter does nothing: both left out.
  EXPECT_EQ(attribute.getLevels().size(), 2u);
  EXPECT_EQ(attribute.getAccelerator().getValue(), "a");
  FailureOr<Mapping> back = toMapping(attribute, *accelerator);
  ASSERT_TRUE(succeeded(back));
  EXPECT_TRUE(*back == mapping);

  accelerator->levels[2].name = "other";
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(toMapping(attribute, *accelerator, [&] {
    return emitError(UnknownLoc::get(&context));
  })));
  EXPECT_EQ(message, "unknown level @cores of accelerator @a");
  EXPECT_TRUE(failed(toMapping(attribute, *accelerator)));
}

TEST_F(Conversion, CostsRoundTrip) {
  Cost cost;
  cost.latencyPs = 5;
  cost.energyFj = 12;
  cost.cycles = 7;
  cost.macs = 100;
  cost.boundBy = "dram";
  cost.energyBreakdownFj = {{"laser", 4}, {"dac", 5}, {"laser", 3}, {"x", 0}};
  optical::CostAttr attribute = fromCost(&context, cost);
  EXPECT_TRUE(attribute ==
              parseAttribute("#optical.cost<latency_ps = 5, energy_fj = 12, "
                             "cycles = 7, macs = 100, bound_by = \"dram\", "
                             "breakdown = {dac = 5, laser = 7}>",
                             &context));
  Cost back = toCost(attribute);
  EXPECT_EQ(back.latencyPs, 5);
  EXPECT_EQ(back.energyFj, 12);
  EXPECT_EQ(back.cycles, 7);
  EXPECT_EQ(back.macs, 100);
  EXPECT_EQ(back.boundBy, "dram");
  ASSERT_EQ(back.energyBreakdownFj.size(), 2u);
  EXPECT_EQ(back.energyBreakdownFj[0].component, "dac");
  EXPECT_EQ(back.energyBreakdownFj[1].value, 7);
  EXPECT_EQ(fromCost(&context, back), attribute);
}

TEST_F(Conversion, CostOfNothingHasNoBreakdown) {
  optical::CostAttr attribute = fromCost(&context, Cost());
  EXPECT_FALSE(attribute.getBreakdown());
  EXPECT_FALSE(attribute.getBoundBy());
}

} // namespace
