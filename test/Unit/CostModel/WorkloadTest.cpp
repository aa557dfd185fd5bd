//===- WorkloadTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Workload.h"
#include "gtest/gtest.h"
#include <limits>
#include <set>

using namespace ohas::cost;

TEST(Workload, NamesRoundTrip) {
  for (Dim dim : allDims)
    EXPECT_EQ(parseDim(name(dim)), dim);
  for (Tensor tensor : allTensors)
    EXPECT_EQ(parseTensor(name(tensor)), tensor);
  EXPECT_FALSE(parseDim("X"));
}

TEST(Workload, ElementsOfAWindowEqualEnumeration) {
  for (int64_t p = 1; p <= 7; ++p)
    for (int64_t r = 1; r <= 5; ++r)
      for (int64_t stride = 1; stride <= 4; ++stride)
        for (int64_t dilation = 1; dilation <= 4; ++dilation) {
          Workload w;
          w.size(Dim::P) = p;
          w.size(Dim::R) = r;
          w.strides[0] = stride;
          w.dilations[0] = dilation;
          std::set<int64_t> touched;
          for (int64_t i = 0; i < p; ++i)
            for (int64_t k = 0; k < r; ++k)
              touched.insert(i * stride + k * dilation);
          EXPECT_EQ(w.elements(Tensor::Input), int64_t(touched.size()));
          EXPECT_EQ(w.elements(Tensor::Output), p);
          w.transposed = true;
          EXPECT_EQ(w.elements(Tensor::Output), int64_t(touched.size()));
          EXPECT_EQ(w.elements(Tensor::Input), p);
        }
}

TEST(Workload, MacsSaturate) {
  Workload w;
  w.size(Dim::M) = w.size(Dim::C) = int64_t(1) << 40;
  EXPECT_EQ(w.macs(), std::numeric_limits<int64_t>::max());
}
