//===- TightMapperTest.cpp - Mapping where little fits ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mapper may miss the best mapping, but not the last one: where limits leave
// nothing but idle copies and loops at the outermost memory, it finds these.
//
//===----------------------------------------------------------------------===//

#include "RandomNests.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Mapper.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

/// The error, or nothing; a mapping that is returned has to be valid.
static std::string error(const Workload &workload,
                         const Accelerator &accelerator) {
  MapperOptions options;
  options.budget = 60;
  llvm::Expected<MapperResult> result =
      findMapping(workload, accelerator, options);
  if (!result)
    return llvm::toString(result.takeError());
  EXPECT_FALSE(findViolation(workload, accelerator, result->mapping));
  return "";
}

/// Looks at every mapping with one copy of everything and each dim at one
/// memory, whatever is kept.
class SimpleMappings {
public:
  SimpleMappings(const Workload &workload, const Accelerator &accelerator)
      : workload(workload), accelerator(accelerator) {
    mapping.levels.resize(accelerator.levels.size());
    for (Dim dim : allDims)
      if (workload.size(dim) > 1)
        dims.push_back(dim);
    for (unsigned i = 0; i < accelerator.levels.size(); ++i) {
      const Level &level = accelerator.levels[i];
      mapping.levels[i].kept = level.mustKeep;
      if (level.kind == LevelKind::Memory)
        memories.push_back(i);
      for (Tensor tensor : allTensors)
        if (level.canKeep.contains(tensor) && !level.mustKeep.contains(tensor))
          optional.push_back({i, tensor});
    }
  }

  double number() const {
    return std::pow(memories.size(), dims.size()) *
           std::pow(2, optional.size());
  }
  bool anyIsValid(size_t next = 0) {
    if (next < optional.size()) {
      auto [i, tensor] = optional[next];
      if (anyIsValid(next + 1))
        return true;
      mapping.levels[i].kept.insert(tensor);
      bool found = anyIsValid(next + 1);
      mapping.levels[i].kept.erase(tensor);
      return found;
    }
    if (next == optional.size() + dims.size())
      return !findViolation(workload, accelerator, mapping);
    Dim dim = dims[next - optional.size()];
    for (unsigned memory : memories) {
      auto &loops = mapping.levels[memory].loops;
      loops.push_back({dim, workload.size(dim)});
      if (anyIsValid(next + 1))
        return true;
      loops.pop_back();
    }
    return false;
  }

private:
  const Workload &workload;
  const Accelerator &accelerator;
  Mapping mapping;
  std::vector<Dim> dims;
  std::vector<unsigned> memories;
  std::vector<std::pair<unsigned, Tensor>> optional;
};

static void tighten(NestGenerator &generator, Accelerator &accelerator) {
  accelerator.bits = {8, 8, 8};
  for (Level &level : accelerator.levels) {
    if (level.kind == LevelKind::Fanout)
      for (Tensor tensor : allTensors)
        if (generator.oneIn(2))
          level.maxPerStep[index(tensor)] = 1 + generator.below(3);
    if (level.kind != LevelKind::Memory)
      continue;
    level.accumulates = generator.oneIn(2);
    if (level.name != "dram" && !generator.oneIn(3))
      level.capacityBits = 8 + generator.below(120);
  }
}

TEST(TightMapper, FindsAMappingWhereASimpleOneExists) {
  unsigned mapped = 0, unmappable = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = generator.accelerator();
    tighten(generator, accelerator);
    Workload workload = generator.workload(7);
    if (error(workload, accelerator).empty()) {
      ++mapped;
      continue;
    }
    SimpleMappings simple(workload, accelerator);
    if (simple.number() > 100000)
      continue;
    EXPECT_FALSE(simple.anyIsValid());
    ++unmappable;
  }
  EXPECT_GT(mapped, 250u);
  EXPECT_GT(unmappable, 30u);
}

/// All groups share the inputs of one set of wavelengths.
static Accelerator withWavelengths(int64_t wavelengths) {
  Accelerator accelerator = albireoLike();
  for (Level &level : accelerator.levels)
    if (level.name == "plcg")
      level.maxPerStep[index(Tensor::Input)] = wavelengths;
  return accelerator;
}

TEST(TightMapper, SpreadsLessWithFewWavelengths) {
  Workload layers[] = {conv(128, 128, 28, 3), conv(128, 128, 28, 3, 2),
                       conv(64, 3, 112, 7, 2), conv(64, 64, 56, 1)};
  for (const Workload &layer : layers)
    for (int64_t wavelengths = 1; wavelengths <= 63; wavelengths += 4) {
      SCOPED_TRACE(wavelengths);
      EXPECT_EQ(error(layer, withWavelengths(wavelengths)), "");
    }
}

TEST(TightMapper, UsesTheWavelengthsThereAre) {
  // Seven inputs for each of three couplers: a kernel row, and rows of the
  // kernel. A third of the array, that is.
  Workload layer = conv(63, 54, 10, 3);
  Accelerator accelerator = withWavelengths(21);
  MapperResult result =
      llvm::cantFail(findMapping(layer, accelerator, MapperOptions()));
  EXPECT_EQ(result.cost.cycles, layer.macs() / (9 * 9 * 5));
}

TEST(TightMapper, FindsRoomForDimsThatCannotLoop) {
  // C has to spread over both fan-outs: no memory loops over it.
  constexpr auto own = FanoutMode::Private, sum = FanoutMode::Sum;
  auto make = [&](int64_t most) {
    Accelerator accelerator =
        nest("spread",
             {memory("dram", everyTensor, 100, std::nullopt, {Dim::M, Dim::P}),
              fanout("outer", 4, {Dim::C, Dim::M}, {own, own, sum}),
              fanout("inner", 4, {Dim::C, Dim::P}, {own, own, sum}),
              level("mac", LevelKind::Compute)});
    accelerator.levels[1].maxPerStep[index(Tensor::Input)] = most;
    return accelerator;
  };
  EXPECT_EQ(error(matmul(5, 16, 3), make(16)), "");
  EXPECT_EQ(error(matmul(5, 13, 3), make(13)), "");
  EXPECT_EQ(error(matmul(5, 16, 3), make(15)),
            "no mapping of M 5, C 16, P 3 to accelerator 'spread' was found: "
            "some dim can neither loop at a memory nor spread far enough");
}
