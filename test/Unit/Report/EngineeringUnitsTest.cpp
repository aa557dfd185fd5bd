//===- EngineeringUnitsTest.cpp ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EngineeringUnits.h"
#include "gtest/gtest.h"

using namespace ohas::report;

TEST(EngineeringUnits, ChoosesThePrefix) {
  EXPECT_EQ(withUnit(2546500000, "ps"), "2.546 ms");
  EXPECT_EQ(withUnit(1, "ps"), "1 ps");
  EXPECT_EQ(withUnit(999, "fJ"), "999 fJ");
  EXPECT_EQ(withUnit(999.96, "fJ"), "1 pJ");
  EXPECT_EQ(withUnit(22742600, "uW"), "22.74 W");
  EXPECT_EQ(withUnit(0.25, "mW"), "250 uW");
  EXPECT_EQ(withUnit(0, "fJ"), "0 fJ");
}

TEST(EngineeringUnits, ScalesPlainNumbers) {
  EXPECT_EQ(scaled(4089184256.0), "4.089 G");
  EXPECT_EQ(scaled(0), "0");
  EXPECT_EQ(scaled(999), "999");
  EXPECT_EQ(scaled(1000), "1 K");
}
