//===- ResidencyTest.cpp ----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Residency.h"
#include "Nests.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Mapper.h"
#include "gtest/gtest.h"
#include <random>

using namespace ohas::search;
using namespace ohas::search::test;

static Accelerator makeAccelerator(std::optional<int64_t> capacityBits) {
  Level dram = memory("dram", everyTensor, 100);
  Level glb = memory("glb", everyTensor, 1, capacityBits);
  glb.mustKeep = {Tensor::Input, Tensor::Output};
  glb.resident = true;
  return nest("tiny", {dram, glb, level("mac", LevelKind::Compute)});
}

namespace {
/// Layers in a chain: each reads what the one before makes, through `views`
/// electronic steps that share its storage.
struct Chain {
  explicit Chain(std::vector<int64_t> sizes, int64_t positions = 4,
                 size_t views = 0) {
    std::optional<size_t> made;
    for (size_t i = 0; i + 1 < sizes.size(); ++i) {
      work.layers.push_back({matmul(sizes[i + 1], sizes[i], positions), ""});
      size_t step = work.steps.size();
      if (made)
        work.activations[*made].last = step;
      NetworkWork::Step entry;
      entry.layer = i;
      entry.activations[index(Tensor::Input)] = made;
      made.reset();
      if (i + 2 < sizes.size()) {
        made = work.activations.size();
        work.activations.push_back({sizes[i + 1] * positions, step, step});
      }
      entry.activations[index(Tensor::Output)] = made;
      work.steps.push_back(entry);
      work.steps.insert(work.steps.end(), views, NetworkWork::Step());
    }
  }

  void map(const Accelerator &accelerator) {
    layers.clear();
    for (const NetworkWork::Layer &layer : work.layers) {
      MapperResult result =
          llvm::cantFail(findMapping(layer.workload, accelerator, {}));
      layers.push_back(
          {result.mapping, result.cost.latencyPs, result.cost.energyFj});
    }
  }

  NetworkWork work;
  std::vector<MappedPoint> layers;
};
} // namespace

static std::string text(const std::vector<TensorSet> &residents) {
  std::string result;
  for (TensorSet tensors : residents) {
    result += result.empty() ? "" : " ";
    result += tensors.contains(Tensor::Input) ? "i" : "-";
    result += tensors.contains(Tensor::Output) ? "o" : "-";
  }
  return result;
}

TEST(Residency, WhatFitsStays) {
  // Activations of 8 x 4 and 64 x 4 elements of 8 bits between three layers.
  Chain chain({16, 8, 64, 16});
  Accelerator roomy = makeAccelerator(100'000);
  chain.map(roomy);
  EXPECT_EQ(
      text(chooseResidents(chain.work, roomy, chain.layers, Objective::Edp)),
      "-o io i-");
  // Beside tiles of up to 800 bits there is room for the small one only.
  chain.map(makeAccelerator(800));
  Accelerator narrow = makeAccelerator(1500);
  EXPECT_EQ(
      text(chooseResidents(chain.work, narrow, chain.layers, Objective::Edp)),
      "-o i- --");
  Accelerator none = roomy;
  none.levels[1].resident = false;
  EXPECT_EQ(
      text(chooseResidents(chain.work, none, chain.layers, Objective::Edp)),
      "-- -- --");
}

TEST(Residency, TheSavingIsTheTrafficAbove) {
  Chain chain({16, 8, 4});
  Accelerator accelerator = makeAccelerator(100'000);
  chain.map(accelerator);
  std::vector<TensorSet> residents =
      chooseResidents(chain.work, accelerator, chain.layers, Objective::Edp);
  ASSERT_EQ(text(residents), "-o i-");
  int64_t before = 0, after = 0;
  for (size_t i = 0; i < 2; ++i) {
    const Workload &workload = chain.work.layers[i].workload;
    Mapping stays =
        withResidents(chain.layers[i].mapping, accelerator, residents[i]);
    EXPECT_FALSE(findViolation(workload, accelerator, stays));
    before += chain.layers[i].energyFj;
    after += evaluate(workload, accelerator, stays,
                      count(workload, accelerator, stays))
                 .energyFj;
  }
  // 32 elements of 8 bits: out of the buffer, into DRAM, and back again.
  EXPECT_EQ(before - after, 32 * 8 * (1 + 100 + 100 + 1));
}

TEST(Residency, OutputsStayAsWideAsTheyAreComplete) {
  Chain chain({16, 8, 4});
  chain.map(makeAccelerator(800));
  // Sums of 24 bits are only in the tile, which is there anyway: all 32
  // elements of 8 bits and no more fit beside the tiles of either layer.
  int64_t tiles = 0;
  for (size_t i = 0; i < 2; ++i) {
    int64_t bits = 0;
    for (Tensor tensor : allTensors)
      if (chain.layers[i].mapping.levels[1].kept.contains(tensor))
        bits += tileElements(chain.work.layers[i].workload,
                             chain.layers[i].mapping, 1, tensor) *
                storedBits(chain.work.layers[i].workload, makeAccelerator(800),
                           chain.layers[i].mapping, 1, tensor);
    tiles = std::max(tiles, bits);
  }
  EXPECT_EQ(text(chooseResidents(chain.work, makeAccelerator(tiles + 32 * 8),
                                 chain.layers, Objective::Edp)),
            "-o i-");
}

TEST(Residency, AllUsesOrNone) {
  // The first activation is also read by the last layer, as its weight.
  Chain chain({4, 4, 4, 4});
  chain.work.steps[2].activations[index(Tensor::Weight)] = 0;
  chain.work.activations[0].last = 2;
  Accelerator accelerator = makeAccelerator(100'000);
  accelerator.levels[1].canKeep = {Tensor::Input, Tensor::Output};
  chain.map(accelerator);
  // Weights pass the buffer by, so that what is one cannot stay.
  EXPECT_EQ(text(chooseResidents(chain.work, accelerator, chain.layers,
                                 Objective::Edp)),
            "-- -o i-");
}

TEST(Residency, WhatTakesTimeStaysOnlyWhereEnergyComesFirst) {
  // A constant weight passes the slow buffer by, unless it stays there.
  Chain chain({4, 4}, /*positions=*/1);
  chain.work.activations.push_back({16, 0, 0, /*isWeight=*/true});
  chain.work.steps[0].activations[index(Tensor::Weight)] = 0;
  Accelerator accelerator = makeAccelerator(100'000);
  Level &buffer = accelerator.levels[1];
  buffer.weightsResident = true;
  buffer.readBitsPerCycle = 8;
  buffer.canKeep = {Tensor::Input, Tensor::Output};
  chain.map(accelerator);
  buffer.canKeep = everyTensor;
  using O = Objective;
  for (Goal goal : {Goal(O::Energy), Goal(O::Energy, O::Latency),
                    Goal(O::Area, O::Energy), Goal(O::Latency),
                    Goal(O::Latency, O::Energy), Goal(O::Area, O::Latency)}) {
    TensorSet stays =
        chooseResidents(chain.work, accelerator, chain.layers, goal)[0];
    EXPECT_EQ(stays.contains(Tensor::Weight),
              goal.ofMappings().first == O::Energy)
        << name(goal);
  }
}

/// What stays at `step` and is no use of it, from the steps alone.
static std::vector<bool> keptActivations(const NetworkWork &work,
                                         const std::vector<TensorSet> &sets) {
  std::vector<bool> kept(work.activations.size(), false);
  for (size_t step = 0; step < work.steps.size(); ++step)
    for (Tensor tensor : allTensors)
      if (auto id = work.steps[step].activations[index(tensor)])
        if (sets[step].contains(tensor))
          kept[*id] = true;
  return kept;
}

TEST(Residency, RandomChainsStayWithinTheCapacity) {
  std::mt19937 random(5);
  auto below = [&](unsigned n) { return int64_t(random() % n); };
  unsigned numKept = 0, numSpilled = 0;
  for (unsigned round = 0; round < 150; ++round) {
    std::vector<int64_t> sizes;
    for (int64_t i = 0, e = 3 + below(5); i < e; ++i)
      sizes.push_back(1 + below(24));
    Chain chain(sizes, 1 + below(6), below(3));
    // What a layer reads may be larger, by its padding.
    for (NetworkWork::Activation &one : chain.work.activations)
      one.elements -= below(unsigned(one.elements / 4 + 1));
    int64_t capacity = 1000 + below(6000);
    Accelerator accelerator = makeAccelerator(capacity);
    accelerator.levels[1].doubleBuffered = below(2);
    chain.map(accelerator);
    std::vector<TensorSet> sets =
        chooseResidents(chain.work, accelerator, chain.layers, Objective::Edp);
    std::vector<bool> kept = keptActivations(chain.work, sets);
    for (size_t step = 0; step < chain.work.steps.size(); ++step) {
      int64_t bits = 0;
      for (size_t i = 0; i < kept.size(); ++i) {
        const NetworkWork::Activation &one = chain.work.activations[i];
        if (kept[i] && one.first <= step && step <= one.last)
          bits += one.elements * 8;
      }
      if (auto layer = chain.work.steps[step].layer) {
        const Workload &workload = chain.work.layers[*layer].workload;
        const Mapping &mapping = chain.layers[*layer].mapping;
        for (Tensor tensor : allTensors) {
          auto id = chain.work.steps[step].activations[index(tensor)];
          // All uses of an activation agree.
          EXPECT_EQ(sets[step].contains(tensor), id && kept[*id]);
          if (!sets[step].contains(tensor) &&
              mapping.levels[1].kept.contains(tensor))
            bits += tileElements(workload, mapping, 1, tensor) *
                    storedBits(workload, accelerator, mapping, 1, tensor) *
                    (accelerator.levels[1].doubleBuffered ? 2 : 1);
          // The sums of the tile in work are of 24 bits.
          if (sets[step].contains(tensor))
            bits +=
                tileElements(workload, mapping, 1, tensor) *
                (storedBits(workload, accelerator, mapping, 1, tensor) - 8) *
                (accelerator.levels[1].doubleBuffered ? 2 : 1);
        }
        EXPECT_FALSE(
            findViolation(workload, accelerator,
                          withResidents(mapping, accelerator, sets[step])));
      }
      EXPECT_LE(bits, capacity);
    }
    for (bool one : kept)
      ++(one ? numKept : numSpilled);
  }
  // Both happen, or the test says little.
  EXPECT_GT(numKept, 50u);
  EXPECT_GT(numSpilled, 50u);
}
