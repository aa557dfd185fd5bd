//===- StrategyTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spaces.h"

using namespace ohas::search;
using namespace ohas::search::test;

TEST(Exhaustive, ProposesTheDefaultsAndThenAllTheRest) {
  DesignSpace all = space({});
  auto strategy = createExhaustive(all);
  std::vector<Choice> choices = run(*strategy);
  EXPECT_EQ(
      choices,
      (std::vector<Choice>{
          {1, 1, 0}, {0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {2, 0, 0}, {2, 1, 0}}));
  EXPECT_TRUE(strategy->isExhaustive());
}

TEST(Exhaustive, DefaultsAtTheEndAreNotProposedTwice) {
  DesignSpace some = space({"plcg=3,9"});
  EXPECT_EQ(run(*createExhaustive(some)),
            (std::vector<Choice>{{1, 0, 0}, {0, 0, 0}}));
}

TEST(Random, ProposesDistinctDesignsUpToItsLimit) {
  DesignSpace some = space({"plcg=1:100"});
  EXPECT_EQ(distinct(run(*createRandom(some, 1, 40))), 40u);
  EXPECT_EQ(distinct(run(*createRandom(some, 1, 1000))), 100u);
  EXPECT_EQ(run(*createRandom(some, 1, 40)), run(*createRandom(some, 1, 40)));
  EXPECT_NE(run(*createRandom(some, 1, 40)), run(*createRandom(some, 2, 40)));
}
