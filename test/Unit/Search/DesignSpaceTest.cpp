//===- DesignSpaceTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spaces.h"

using namespace ohas::search;
using namespace ohas::search::test;

using Values = std::vector<double>;

static Values values(llvm::StringRef text) {
  return llvm::cantFail(parseKnobRange(text)).values;
}

TEST(KnobRange, StepsIncludeTheStopWhereAStepHitsIt) {
  EXPECT_EQ(values("plcg=3:27:3"), (Values{3, 6, 9, 12, 15, 18, 21, 24, 27}));
  EXPECT_EQ(values("plcg=3:10:3"), (Values{3, 6, 9}));
  EXPECT_EQ(values("plcg=2:4"), (Values{2, 3, 4}));
  EXPECT_EQ(values("plcg=5:5:1"), (Values{5}));
}

TEST(KnobRange, DecimalStepsAreTidy) {
  EXPECT_EQ(values("clock_ghz=0.1:0.5:0.1"), (Values{0.1, 0.2, 0.3, 0.4, 0.5}));
}

TEST(KnobRange, ListsKeepTheirOrder) {
  EXPECT_EQ(values("wavelengths=21,7, 14"), (Values{21, 7, 14}));
  EXPECT_EQ(values("wavelengths = 7"), (Values{7}));
  EXPECT_EQ(values("x=-1.5e1"), (Values{-15}));
}

TEST(KnobRange, ErrorsSayWhatIsWrong) {
  auto error = [](llvm::StringRef text) {
    return message(parseKnobRange(text));
  };
  EXPECT_EQ(error("plcg"), "--knob plcg: write name=start:stop:step or "
                           "name=value,value,...");
  EXPECT_EQ(error("=3"), "--knob =3: write name=start:stop:step or "
                         "name=value,value,...");
  EXPECT_EQ(error("a="), "--knob a=: '' is no number; write "
                         "name=start:stop:step or name=value,value,...");
  EXPECT_EQ(error("a=1,x"), "--knob a=1,x: 'x' is no number; write "
                            "name=start:stop:step or name=value,value,...");
  EXPECT_EQ(error("a=1:2:3:4"), "--knob a=1:2:3:4: a range is start:stop:step");
  EXPECT_EQ(error("a=1:9:0"), "--knob a=1:9:0: the step must be positive");
  EXPECT_EQ(error("a=1:9:-2"), "--knob a=1:9:-2: the step must be positive");
  EXPECT_EQ(error("a=9:1:2"), "--knob a=9:1:2: the range ends below its start");
  EXPECT_EQ(error("a=1,inf"), "--knob a=1,inf: 'inf' is not finite");
  EXPECT_EQ(error("a=nan"), "--knob a=nan: 'nan' is not finite");
  EXPECT_EQ(error("a=0:inf:1"), "--knob a=0:inf:1: 'inf' is not finite");
  EXPECT_EQ(error("a=0:1e300:1"),
            "--knob a=0:1e300:1: more than 100000 values");
  EXPECT_EQ(error("a=7,14,7"), "--knob a=7,14,7: the value 7 is listed twice");
}

TEST(DesignSpace, UnknownKnobsListTheKnownOnes) {
  EXPECT_EQ(message(DesignSpace::create(knobs(), {"cores=1,2"})),
            "--knob cores=1,2: accelerator 'toy' has no knob 'cores'; it has "
            "plcg, bits, clock_ghz");
  EXPECT_EQ(message(DesignSpace::create({}, {"cores=1"})),
            "--knob cores=1: accelerator '' has no knob 'cores'; it has none");
  EXPECT_EQ(message(DesignSpace::create(knobs(), {"bits=4", "bits=8"})),
            "--knob bits=8: the knob 'bits' is given twice");
}

TEST(DesignSpace, WithoutTextsEveryKnobRunsOverItsListedValues) {
  DesignSpace all = space({});
  EXPECT_EQ(all.size(), 6);
  EXPECT_EQ(all.point({2, 0, 0}).knobs,
            (std::map<std::string, double>{
                {"plcg", 27}, {"bits", 4}, {"clock_ghz", 5}}));
}

TEST(DesignSpace, WithTextsOtherKnobsKeepTheirDefault) {
  DesignSpace some = space({"plcg=3:27:3"});
  EXPECT_EQ(some.size(), 9);
  EXPECT_EQ(some.point({0, 0, 0}).knobs.at("bits"), 8);
  EXPECT_EQ(some.defaultChoice(), (Choice{2, 0, 0}));
}

TEST(DesignSpace, TheBasePointFixesKnobsAndCarriesDevices) {
  ohas::cost::DesignPoint base;
  base.knobs["bits"] = 6;
  base.deviceSet = "moderate";
  base.deviceOverrides["ring_uw"] = 1;
  DesignSpace some = llvm::cantFail(DesignSpace::create(knobs(), {}, base));
  EXPECT_EQ(some.size(), 3);
  ohas::cost::DesignPoint point = some.point({0, 0, 0});
  EXPECT_EQ(point.knobs.at("bits"), 6);
  EXPECT_EQ(point.deviceSet, "moderate");
  EXPECT_EQ(point.deviceOverrides.at("ring_uw"), 1);
}

TEST(DesignSpace, ChoicesAreLexicographic) {
  DesignSpace all = space({});
  std::vector<Choice> seen;
  for (uint64_t i = 0; std::optional<Choice> choice = all.choiceAt(i); ++i)
    seen.push_back(*choice);
  EXPECT_EQ(
      seen,
      (std::vector<Choice>{
          {0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {1, 1, 0}, {2, 0, 0}, {2, 1, 0}}));
}

TEST(DesignSpace, HugeSizesStayNumbers) {
  ohas::cost::AcceleratorSpec spec;
  std::vector<std::string> texts;
  for (int i = 0; i < 30; ++i) {
    spec.knobs.push_back({"k" + std::to_string(i), "", 0, {}});
    texts.push_back(spec.knobs.back().name + "=1:1000");
  }
  DesignSpace huge = llvm::cantFail(DesignSpace::create(spec, texts));
  EXPECT_NEAR(huge.size() / 1e90, 1, 1e-12);
  EXPECT_TRUE(huge.choiceAt(~uint64_t(0)));
}
