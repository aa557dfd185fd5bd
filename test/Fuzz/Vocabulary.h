//===- Vocabulary.h - Words of which models are made ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_FUZZ_VOCABULARY_H
#define OHAS_TEST_FUZZ_VOCABULARY_H

#include <cstdint>
#include <onnx/defs/schema.h>
#include <random>
#include <string>
#include <vector>

namespace ohas::fuzz {

/// All that a mutation draws by chance.
class Random {
public:
  explicit Random(unsigned seed) : engine(seed) {}
  /// One of [0, count); 0 if `count` is.
  size_t below(size_t count) { return count ? engine() % count : 0; }
  bool oneIn(size_t count) { return below(count) == 0; }
  template <typename Range> auto &of(Range &range) {
    return range[below(std::size(range))];
  }
  /// An integer that is often small, and now and then a limit of something.
  int64_t integer();
  /// A size of a dim: as a rule one that others have too.
  int64_t dim();
  float real();

private:
  std::minstd_rand engine;
};

struct Operator {
  std::string domain, name;
  /// Null for one that libonnx does not know.
  const onnx::OpSchema *schema;
};

/// Operators of libonnx's registry, and of our own tables.
const std::vector<Operator> &operators();
/// An operator that importing treats by its own code, more often than others.
const Operator &anyOperator(Random &random);
/// Names of attributes that the importer reads.
const std::vector<std::string> &attributeNames();
/// Words that attributes hold: activations, modes, equations.
const std::vector<std::string> &words();

} // namespace ohas::fuzz

#endif // OHAS_TEST_FUZZ_VOCABULARY_H
