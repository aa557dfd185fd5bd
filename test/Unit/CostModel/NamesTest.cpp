//===- NamesTest.cpp --------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Electronic.h"
#include "gtest/gtest.h"

using namespace ohas::cost;

TEST(Names, RoundTrip) {
  for (LevelKind kind :
       {LevelKind::Memory, LevelKind::Converter, LevelKind::Fanout,
        LevelKind::Component, LevelKind::Compute})
    EXPECT_EQ(parseLevelKind(name(kind)), kind);
  for (FanoutMode mode : {FanoutMode::Private, FanoutMode::Broadcast,
                          FanoutMode::Window, FanoutMode::Sum})
    EXPECT_EQ(parseFanoutMode(name(mode)), mode);
  for (Duty duty : {Duty::PerCount, Duty::PerStep, Duty::Always})
    EXPECT_EQ(parseDuty(name(duty)), duty);
  for (unsigned i = 0; i < numOperationClasses; ++i) {
    auto operationClass = static_cast<OperationClass>(i);
    EXPECT_EQ(parseOperationClass(name(operationClass)), operationClass);
  }
}

TEST(Names, AreSpelledAsInTheIr) {
  EXPECT_EQ(name(LevelKind::Fanout), "fanout");
  EXPECT_EQ(name(FanoutMode::Window), "window");
  EXPECT_EQ(name(Duty::PerCount), "per_count");
  EXPECT_EQ(name(OperationClass::Softmax), "softmax");
  EXPECT_EQ(name(OperationClass::Other), "other");
  EXPECT_FALSE(parseDuty("sometimes"));
  EXPECT_FALSE(parseOperationClass(""));
}

TEST(AcceleratorTest, CopiesAreTheFanoutsAbove) {
  Accelerator accelerator;
  accelerator.levels.resize(4);
  accelerator.levels[0].name = "dram";
  accelerator.levels[0].kind = LevelKind::Memory;
  accelerator.levels[1].kind = LevelKind::Fanout;
  accelerator.levels[1].extent = 9;
  accelerator.levels[2].kind = LevelKind::Fanout;
  accelerator.levels[2].extent = 3;
  accelerator.levels[3].name = "mac";
  EXPECT_EQ(accelerator.copies(0), 1);
  EXPECT_EQ(accelerator.copies(1), 1);
  EXPECT_EQ(accelerator.copies(2), 9);
  EXPECT_EQ(accelerator.copies(3), 27);
  EXPECT_EQ(accelerator.findLevel("mac"), 3u);
  EXPECT_FALSE(accelerator.findLevel("glb"));
}
