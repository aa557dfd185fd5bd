//===- InstantiateTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestNests.h"
#include "gtest/gtest.h"
#include <limits>

using namespace ohas::cost;

namespace {

/// dram - dac - fan-out of `lanes` - mac.
struct Instantiate : testing::Test {
  Instantiate() {
    spec.name = "tiny";
    spec.properties = {{"clock_ghz", expr("clock")},
                       {"weight_bits", expr("bits")}};
    spec.knobs = {{"lanes", "parallel lanes", 4, {2, 4}},
                  {"bits", "", 8, {}},
                  {"clock", "", 5, {}}};
    spec.deviceSets = {{"conservative", "A, 2020"}, {"aggressive", "B, 2021"}};
    DeviceSpec ring{"ring_uw",
                    "uW",
                    "",
                    false,
                    {{"conservative", 3100}, {"aggressive", 155}}};
    DeviceSpec laser{"laser_uw", "uW", "", true, {{"", 37500}}};
    spec.devices = {ring, laser};
    spec.definitions = {{"pairs", expr("lanes / 2"), ""},
                        {"pair_uw", expr("pairs * ring_uw"), ""}};
    LevelSpec dram;
    dram.name = "dram";
    dram.kind = LevelKind::Memory;
    dram.canKeep = dram.mustKeep = everyTensor;
    dram.properties = {{"read_fj_per_bit", expr("8000")},
                       {"capacity_bits", expr("0.1 * 30")}};
    LevelSpec dac;
    dac.name = "dac";
    dac.kind = LevelKind::Converter;
    dac.tensor = Tensor::Weight;
    dac.hold = true;
    dac.properties = {{"energy_fj", expr("100 * pow(2, bits - 8)")},
                      {"static_uw", expr("pair_uw")},
                      {"rate_ghz", expr("clock / 2")}};
    LevelSpec fan;
    fan.name = "fan";
    fan.kind = LevelKind::Fanout;
    fan.spatialDims = DimSet{Dim::M};
    fan.modes[index(Tensor::Input)] = FanoutMode::Broadcast;
    fan.properties = {{"extent", expr("lanes")}, {"max_input", expr("7")}};
    LevelSpec mac;
    mac.name = "mac";
    mac.properties = {{"energy_fj", expr("1.5")}};
    spec.levels = {dram, dac, fan, mac};
  }

  /// The message of the error; empty if there is none.
  std::string error() {
    llvm::Expected<Accelerator> accelerator = instantiate(spec, point);
    return accelerator ? "" : llvm::toString(accelerator.takeError());
  }

  LevelSpec &level(unsigned i) { return spec.levels[i]; }

  AcceleratorSpec spec;
  DesignPoint point;
};

} // namespace

TEST_F(Instantiate, DefaultsAndExpressions) {
  Accelerator tiny = cantFail(instantiate(spec, point));
  EXPECT_EQ(tiny.name, "tiny");
  EXPECT_EQ(tiny.clockGhz, 5);
  EXPECT_EQ(tiny.bits[index(Tensor::Weight)], 8u);
  ASSERT_EQ(tiny.levels.size(), 4u);
  EXPECT_EQ(tiny.levels[0].readFjPerBit, 8000);
  EXPECT_EQ(tiny.levels[0].capacityBits, 3); // 0.1 * 30 is 3, nearly
  EXPECT_EQ(tiny.levels[0].temporalDims, everyDim);
  EXPECT_EQ(tiny.levels[1].energyFj, 100);
  EXPECT_EQ(tiny.levels[1].staticUw, 2 * 3100);
  EXPECT_EQ(tiny.levels[1].rateGhz, 2.5);
  EXPECT_TRUE(tiny.levels[1].hold);
  EXPECT_EQ(tiny.levels[1].clockGhz, 5);
  EXPECT_EQ(tiny.levels[2].extent, 4);
  EXPECT_EQ(tiny.levels[2].spatialDims, DimSet{Dim::M});
  EXPECT_EQ(tiny.levels[2].maxPerStep[index(Tensor::Input)], 7);
  EXPECT_FALSE(tiny.levels[2].maxPerStep[index(Tensor::Output)]);
  EXPECT_EQ(tiny.levels[2].mode(Tensor::Input), FanoutMode::Broadcast);
}

TEST_F(Instantiate, KnobsDeviceSetsAndOverrides) {
  point.knobs = {{"lanes", 2}, {"bits", 4}};
  point.deviceSet = "aggressive";
  Accelerator tiny = cantFail(instantiate(spec, point));
  EXPECT_EQ(tiny.levels[2].extent, 2);
  EXPECT_EQ(tiny.levels[1].energyFj, 100.0 / 16);
  EXPECT_EQ(tiny.levels[1].staticUw, 155);
  point.deviceOverrides = {{"ring_uw", 7}};
  EXPECT_EQ(cantFail(instantiate(spec, point)).levels[1].staticUw, 7);
}

TEST_F(Instantiate, UnknownNamesListTheKnown) {
  point.knobs = {{"lane", 2}};
  EXPECT_EQ(error(), "accelerator 'tiny': no knob 'lane'; there are: lanes, "
                     "bits, clock");
  point.knobs.clear();
  point.deviceSet = "best";
  EXPECT_EQ(error(), "accelerator 'tiny': no device set 'best'; there are: "
                     "conservative, aggressive");
  point.deviceSet.clear();
  point.deviceOverrides = {{"ring", 0}};
  EXPECT_EQ(error(), "accelerator 'tiny': no device 'ring' to override; there "
                     "are: ring_uw, laser_uw");
  point.deviceOverrides.clear();
  spec.definitions[0].value = expr("lane / 2");
  EXPECT_EQ(error(), "accelerator 'tiny': definition 'pairs': unknown name "
                     "'lane' in 'lane / 2'; known are: bits, clock, lanes, "
                     "laser_uw, ring_uw");
}

TEST_F(Instantiate, NamesAndValues) {
  spec.definitions.push_back({"bits", expr("1"), ""});
  EXPECT_EQ(error(), "accelerator 'tiny': 'bits' is defined twice");
  spec.definitions.back().name = "M";
  EXPECT_EQ(error(), "accelerator 'tiny': definition 'M' has the name of a "
                     "value of the operation");
  spec.definitions.pop_back();
  spec.devices[0].values.erase("conservative");
  EXPECT_EQ(error(), "accelerator 'tiny': device 'ring_uw' has no value in "
                     "device set 'conservative'");
  point.deviceSet = "aggressive";
  point.knobs = {{"lanes", std::numeric_limits<double>::infinity()}};
  EXPECT_EQ(error(),
            "accelerator 'tiny': knob 'lanes' is inf, not a finite number");
}

TEST_F(Instantiate, PropertiesAreChecked) {
  auto set = [&](unsigned i, const char *name, const char *text) {
    Properties saved = level(i).properties;
    level(i).properties[name] = expr(text);
    std::string message = error();
    level(i).properties = saved;
    return message;
  };
  EXPECT_EQ(set(1, "extent", "1"),
            "accelerator 'tiny': level 'dac': unknown property 'extent'; known "
            "are: area_um2, bits, clock_ghz, count, energy_fj, rate_ghz, "
            "static_uw");
  EXPECT_EQ(set(2, "extent", "lanes / 3"),
            "accelerator 'tiny': level 'fan': extent is 1.3333333333333333, "
            "not a positive whole number");
  EXPECT_EQ(set(2, "extent", "0"), "accelerator 'tiny': level 'fan': extent is "
                                   "0, not a positive whole number");
  EXPECT_EQ(set(2, "extent", "1e9"),
            "accelerator 'tiny': level 'fan': extent is 1000000000, above "
            "16777216");
  EXPECT_EQ(set(0, "capacity_bits", "-8"),
            "accelerator 'tiny': level 'dram': capacity_bits is -8, not a "
            "positive whole number");
  EXPECT_EQ(set(0, "read_bits_per_cycle", "0"),
            "accelerator 'tiny': level 'dram': read_bits_per_cycle is 0, not "
            "above 0");
  EXPECT_EQ(set(1, "energy_fj", "-1"),
            "accelerator 'tiny': level 'dac': energy_fj is -1, below 0");
  EXPECT_EQ(set(1, "count", "0"),
            "accelerator 'tiny': level 'dac': count is 0, not above 0");
  EXPECT_EQ(set(1, "area_um2", "1 / 0"),
            "accelerator 'tiny': level 'dac': area_um2: '1 / 0' is infinite");
  spec.properties["bits"] = expr("8");
  EXPECT_EQ(error(), "accelerator 'tiny': properties: unknown property 'bits'; "
                     "known are: accumulator_bits, clock_ghz, fill_ns, "
                     "input_bits, output_bits, weight_bits");
  spec.properties.erase("bits");
  spec.properties["weight_bits"] = expr("65");
  EXPECT_EQ(error(),
            "accelerator 'tiny': properties: weight_bits is 65, above 64");
}

TEST_F(Instantiate, ModesAndDuties) {
  level(2).modes[index(Tensor::Output)] = FanoutMode::Broadcast;
  EXPECT_EQ(error(), "accelerator 'tiny': level 'fan': mode 'broadcast' is not "
                     "one of outputs: private, sum");
  level(2).modes[index(Tensor::Output)] = FanoutMode::Sum;
  EXPECT_EQ(error(), "");
  level(2).modes[index(Tensor::Weight)] = FanoutMode::Sum;
  EXPECT_EQ(error(), "accelerator 'tiny': level 'fan': mode 'sum' is not one "
                     "of operands: private, broadcast, window");
  level(2).modes[index(Tensor::Weight)] = FanoutMode::Private;
  level(2).duty = Duty::PerCount;
  EXPECT_EQ(error(), "accelerator 'tiny': level 'fan': duty per_count, but "
                     "nothing is counted at a fanout");
}

TEST_F(Instantiate, TheNestIsChecked) {
  LevelSpec mac = level(3);
  spec.levels.pop_back();
  EXPECT_EQ(error(),
            "accelerator 'tiny': the last level must be a compute level");
  spec.levels.push_back(mac);
  spec.levels.push_back(mac);
  EXPECT_EQ(error(), "accelerator 'tiny': two levels are called 'mac'");
  level(4).name = "mac2";
  EXPECT_EQ(error(),
            "accelerator 'tiny': compute level 'mac' is not the last level");
  spec.levels.pop_back();
  std::swap(level(0), level(1));
  EXPECT_EQ(error(), "accelerator 'tiny': converter 'dac' lies above the "
                     "outermost memory");
  std::swap(level(0), level(1));
  level(0).canKeep = {Tensor::Weight};
  EXPECT_EQ(error(), "accelerator 'tiny': the outermost memory 'dram' must be "
                     "able to keep weight, input and output");
  level(0).canKeep = everyTensor;
  LevelSpec reg = level(0);
  reg.name = "reg";
  reg.canKeep = {Tensor::Weight};
  spec.levels.insert(spec.levels.begin() + 1, reg);
  EXPECT_EQ(error(), "accelerator 'tiny': level 'reg': must keep a tensor that "
                     "it does not list as kept");
  spec.levels = {mac};
  EXPECT_EQ(error(), "accelerator 'tiny': there is no memory level");
}

TEST_F(Instantiate, PipelineFill) {
  spec.properties["fill_ns"] = expr("lanes / clock");
  EXPECT_EQ(cantFail(instantiate(spec, point)).fillNs, 0.8);
  spec.properties["fill_ns"] = expr("0 - lanes");
  EXPECT_EQ(error(), "accelerator 'tiny': properties: fill_ns is -4, below 0");
}

TEST_F(Instantiate, ResidentWeights) {
  level(0).properties["weights_resident"] = expr("lanes / 4");
  EXPECT_EQ(error(), "accelerator 'tiny': level 'dram': weights_resident is 0 "
                     "or, in a resident memory, 1");
  level(0).resident = true;
  EXPECT_TRUE(cantFail(instantiate(spec, point)).levels[0].weightsResident);
  level(0).properties["weights_resident"] = expr("lanes");
  EXPECT_EQ(error(), "accelerator 'tiny': level 'dram': weights_resident is 0 "
                     "or, in a resident memory, 1");
}

TEST_F(Instantiate, VectorUnit) {
  VectorUnitSpec unit;
  unit.name = "simd";
  unit.memory = "dram";
  unit.properties = {{"elements_per_cycle", expr("lanes * 16")}};
  unit.energyFjPerElement[OperationClass::Softmax] = expr("500");
  spec.vectorUnit = unit;
  Accelerator tiny = cantFail(instantiate(spec, point));
  ASSERT_TRUE(tiny.vectorUnit);
  EXPECT_EQ(tiny.vectorUnit->elementsPerCycle, 64);
  EXPECT_EQ(tiny.vectorUnit->clockGhz, 5);
  EXPECT_EQ(tiny.vectorUnit->energyFjPerElement[index(OperationClass::Softmax)],
            500);
  EXPECT_EQ(tiny.vectorUnit->energyFjPerElement[index(OperationClass::Other)],
            0);

  spec.vectorUnit->memory = "dac";
  EXPECT_EQ(error(), "accelerator 'tiny': vector unit 'simd': there is no "
                     "memory level 'dac'");
  spec.vectorUnit->memory = "dram";
  spec.vectorUnit->properties.clear();
  EXPECT_EQ(error(), "accelerator 'tiny': vector unit 'simd': "
                     "elements_per_cycle is missing");
  spec.vectorUnit = unit;
  spec.vectorUnit->name = "mac";
  EXPECT_EQ(error(), "accelerator 'tiny': vector unit 'mac': a level has the "
                     "same name");
  spec.vectorUnit = unit;
  spec.vectorUnit->energyFjPerElement[OperationClass::Softmax] = expr("-1");
  EXPECT_EQ(error(), "accelerator 'tiny': vector unit 'simd': energy of "
                     "softmax is -1, below 0");
  spec.vectorUnit = unit;
  spec.vectorUnit->properties["overlap"] = expr("lanes / 8");
  EXPECT_EQ(cantFail(instantiate(spec, point)).vectorUnit->overlap, 0.5);
  spec.vectorUnit->properties["overlap"] = expr("lanes");
  EXPECT_EQ(error(),
            "accelerator 'tiny': vector unit 'simd': overlap is 4, above 1");
  spec.vectorUnit = unit;
  spec.vectorUnit->energyFjPerElement[OperationClass::Softmax] = expr("x");
  EXPECT_EQ(error().substr(0, 83),
            "accelerator 'tiny': vector unit 'simd': energy of softmax: "
            "unknown name 'x' in 'x';");
}

TEST(Properties, AreSorted) {
  for (LevelKind kind :
       {LevelKind::Memory, LevelKind::Converter, LevelKind::Fanout,
        LevelKind::Component, LevelKind::Compute})
    EXPECT_TRUE(llvm::is_sorted(levelProperties(kind)));
  EXPECT_TRUE(llvm::is_sorted(acceleratorProperties()));
  EXPECT_TRUE(llvm::is_sorted(vectorUnitProperties()));
  EXPECT_EQ(levelProperties(LevelKind::Component).size(), 4u);
}
