//===- NonDominatedSortTest.cpp ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NonDominatedSort.h"
#include "gtest/gtest.h"
#include <cmath>
#include <random>

using namespace ohas::search;

static constexpr double infinity = std::numeric_limits<double>::infinity();

static Fitness fitness(llvm::ArrayRef<double> figures, double violation = 0) {
  Fitness one;
  one.figures.assign(figures.begin(), figures.end());
  one.violation = violation;
  return one;
}

TEST(NonDominatedSort, AcceptableDesignsDominateOthers) {
  Fitness low = fitness({1, 2}), high = fitness({2, 2}),
          other = fitness({2, 1}), near = fitness({}, 0.1),
          far = fitness({}, 3);
  EXPECT_TRUE(dominatesConstrained(low, high));
  EXPECT_FALSE(dominatesConstrained(high, low));
  EXPECT_FALSE(dominatesConstrained(low, other));
  EXPECT_FALSE(dominatesConstrained(other, low));
  EXPECT_FALSE(dominatesConstrained(low, low));
  EXPECT_TRUE(dominatesConstrained(high, near));
  EXPECT_TRUE(dominatesConstrained(near, far));
  EXPECT_FALSE(dominatesConstrained(far, near));
  EXPECT_FALSE(dominatesConstrained(near, high));
}

/// Fronts taken off one after the other.
static std::vector<unsigned> peel(llvm::ArrayRef<Fitness> designs) {
  std::vector<unsigned> fronts(designs.size(), ~0u);
  for (unsigned number = 0;; ++number) {
    std::vector<size_t> front;
    for (size_t i = 0; i < designs.size(); ++i) {
      bool dominated = fronts[i] < number;
      for (size_t j = 0; j < designs.size(); ++j)
        dominated |=
            fronts[j] >= number && dominatesConstrained(designs[j], designs[i]);
      if (!dominated)
        front.push_back(i);
    }
    if (front.empty())
      return fronts;
    for (size_t i : front)
      fronts[i] = number;
  }
}

/// By the nearest figures below and above, which differ from its own.
static double crowding(llvm::ArrayRef<Fitness> designs,
                       llvm::ArrayRef<unsigned> fronts, size_t at) {
  double sum = 0;
  for (size_t figure = 0; figure < designs[at].figures.size(); ++figure) {
    double own = designs[at].figures[figure], below = -infinity,
           above = infinity, least = own, most = own;
    for (size_t i = 0; i < designs.size(); ++i) {
      if (fronts[i] != fronts[at] || i == at)
        continue;
      double other = designs[i].figures[figure];
      (other < own ? below : above) =
          other < own ? std::max(below, other) : std::min(above, other);
      least = std::min(least, other);
      most = std::max(most, other);
    }
    sum += most > least ? (above - below) / (most - least) : infinity;
  }
  return sum;
}

TEST(NonDominatedSort, EqualsTheDefinitions) {
  unsigned numCrowded = 0, mostFronts = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    size_t count = 1 + random() % 40, numFigures = 2 + random() % 3;
    // No two figures are equal, so that neighbours are plain.
    std::vector<Fitness> designs(count);
    for (size_t figure = 0; figure < numFigures; ++figure) {
      std::vector<double> values;
      for (size_t i = 0; i < count; ++i)
        values.push_back(double(i * i));
      std::shuffle(values.begin(), values.end(), random);
      for (size_t i = 0; i < count; ++i)
        designs[i].figures.push_back(values[i]);
    }
    for (Fitness &design : designs)
      if (random() % 4 == 0)
        design = fitness({}, double(1 + random() % 5));
    std::vector<unsigned> fronts = peel(designs);
    std::vector<Rank> ranks = rankByDomination(designs);
    ASSERT_EQ(ranks.size(), count);
    for (size_t i = 0; i < count; ++i) {
      ASSERT_EQ(ranks[i].front, fronts[i]) << seed;
      mostFronts = std::max(mostFronts, fronts[i] + 1);
      double expected = crowding(designs, fronts, i);
      if (std::isinf(expected)) {
        EXPECT_EQ(ranks[i].crowding, expected);
        continue;
      }
      EXPECT_NEAR(ranks[i].crowding, expected, 1e-9);
      ++numCrowded;
    }
  }
  EXPECT_GT(numCrowded, 500u);
  EXPECT_GT(mostFronts, 5u);
}

TEST(NonDominatedSort, EqualDesignsShareAFront) {
  std::vector<Rank> ranks = rankByDomination(
      {fitness({1, 1}), fitness({1, 1}), fitness({1, 1}), fitness({2, 2})});
  EXPECT_EQ(ranks[0].front, 0u);
  EXPECT_EQ(ranks[1].front, 0u);
  EXPECT_EQ(ranks[2].front, 0u);
  EXPECT_EQ(ranks[3].front, 1u);
  // One is in the middle, where there is no room.
  EXPECT_EQ(ranks[1].crowding, 0);
  EXPECT_TRUE(ranks[0] < ranks[1]);
  EXPECT_TRUE(ranks[1] < ranks[3]);
}
