//===- MapperCases.h - Random problems for exact mappers --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_MAPPERCASES_H
#define OHAS_TEST_UNIT_SEARCH_MAPPERCASES_H

#include "RandomNests.h"
#include "fmt/format.h"
#include "ohas/Search/Mapper.h"
#include "gtest/gtest.h"
#include <cstdlib>

namespace ohas::search::test {

struct Case {
  Accelerator accelerator;
  Workload workload;
  Factors factors;
  Goal objective;
};

inline Case drawCase(unsigned seed, int64_t larger = 0) {
  NestGenerator generator(seed);
  // One draw a statement: compilers differ in the order of arguments.
  Accelerator accelerator = generator.accelerator();
  Workload workload = generator.workload(3 + seed % 3 + larger);
  Factors factors = static_cast<Factors>(generator.below(3));
  Objective objective = static_cast<Objective>(generator.below(4));
  return {std::move(accelerator), workload, factors, objective};
}

/// Seeds to test: some, and those that once found a defect; or those of
/// OHAS_SEEDS=from,to.
template <typename Fn> void forEachSeed(unsigned most, Fn fn) {
  if (!std::getenv("OHAS_SEEDS"))
    for (unsigned seed : {537, 652, 791, 815, 851, 1544, 1744, 2121, 5194}) {
      SCOPED_TRACE(seed);
      fn(seed);
    }
  unsigned from = 0, to = most;
  if (const char *text = std::getenv("OHAS_SEEDS"))
    sscanf(text, "%u,%u", &from, &to);
  for (unsigned seed = from; seed < to; ++seed) {
    SCOPED_TRACE(seed);
    fn(seed);
  }
}

inline std::string show(const Mapping &mapping,
                        const Accelerator &accelerator) {
  std::string text;
  for (size_t i = 0; i < mapping.levels.size(); ++i) {
    text += fmt::format("{} keeps {} [", accelerator.levels[i].name,
                        mapping.levels[i].kept.mask());
    for (const Loop &loop : mapping.levels[i].loops)
      text += fmt::format("{}:{} ", name(loop.dim).str(), loop.bound);
    text += "] ";
  }
  return text;
}

inline UnroundedCost costOf(const Case &drawn, const Mapping &mapping) {
  return evaluateUnrounded(drawn.workload, drawn.accelerator, mapping,
                           count(drawn.workload, drawn.accelerator, mapping));
}

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_MAPPERCASES_H
