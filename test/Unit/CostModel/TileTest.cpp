//===- TileTest.cpp ---------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Validity.h"
#include "gtest/gtest.h"
#include <limits>

using namespace ohas::cost;

TEST(Tile, LoopsAtAndBelowALevelTouchIt) {
  Workload w;
  w.size(Dim::M) = 10;
  w.size(Dim::P) = 8;
  w.size(Dim::R) = 3;
  Mapping mapping;
  mapping.levels.resize(3);
  mapping.levels[0].loops = {{Dim::M, 3}, {Dim::P, 2}};
  mapping.levels[1].loops = {{Dim::M, 4}, {Dim::R, 3}};
  mapping.levels[2].loops = {{Dim::P, 4}};

  EXPECT_EQ(tileElements(w, mapping, 0, Tensor::Weight), 30);
  EXPECT_EQ(tileElements(w, mapping, 0, Tensor::Input), 10);
  EXPECT_EQ(tileElements(w, mapping, 0, Tensor::Output), 80);
  EXPECT_EQ(tileElements(w, mapping, 1, Tensor::Weight), 12);
  EXPECT_EQ(tileElements(w, mapping, 1, Tensor::Input), 6);
  EXPECT_EQ(tileElements(w, mapping, 1, Tensor::Output), 16);
  EXPECT_EQ(tileElements(w, mapping, 2, Tensor::Weight), 1);
  EXPECT_EQ(tileElements(w, mapping, 2, Tensor::Input), 4);
  EXPECT_EQ(tileElements(w, mapping, 2, Tensor::Output), 4);
}

TEST(Tile, BoundsFarBeyondTheSizeDoNotOverflow) {
  Workload w;
  w.size(Dim::C) = 5;
  Mapping mapping;
  mapping.levels.resize(1);
  int64_t huge = std::numeric_limits<int64_t>::max();
  mapping.levels[0].loops = {{Dim::C, huge}, {Dim::C, huge}};
  EXPECT_EQ(tileElements(w, mapping, 0, Tensor::Weight), 5);
}
