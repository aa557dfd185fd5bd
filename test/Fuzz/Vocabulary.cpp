//===- Vocabulary.cpp - Words of which models are made ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Vocabulary.h"
#include "Operators.h"
#include <limits>
#include <map>

using namespace ohas::fuzz;

int64_t Random::integer() {
  static constexpr int64_t limits[] = {0,
                                       -1,
                                       16,
                                       127,
                                       255,
                                       1000,
                                       65536,
                                       1 << 20,
                                       INT32_MAX,
                                       int64_t(INT32_MAX) + 1,
                                       INT32_MIN,
                                       int64_t(1) << 40,
                                       int64_t(1) << 62,
                                       INT64_MAX,
                                       INT64_MIN,
                                       INT64_MIN + 1};
  if (oneIn(6))
    return of(limits);
  return static_cast<int64_t>(below(9)) - 2;
}

int64_t Random::dim() {
  static constexpr int64_t sizes[] = {1, 2, 3, 4, 6, 8, 16, 32};
  return oneIn(12) ? integer() : of(sizes);
}

float Random::real() {
  static constexpr float values[] = {0.0F,
                                     -0.0F,
                                     1.0F,
                                     -1.0F,
                                     0.5F,
                                     2.0F,
                                     1e-30F,
                                     1e30F,
                                     4e9F,
                                     -1e19F,
                                     std::numeric_limits<float>::infinity(),
                                     std::numeric_limits<float>::quiet_NaN()};
  return of(values);
}

/// Rows of our tables first; `numOwn` are those.
static std::vector<Operator> collect(size_t &numOwn) {
  std::map<std::pair<std::string, std::string>, const onnx::OpSchema *> own;
  auto addRows = [&](const auto &table) {
    table.forEachName([&](llvm::StringRef domain, llvm::StringRef name) {
      own[{domain.str(), name.str()}] =
          onnx::OpSchemaRegistry::Schema(name.str(), domain.str());
    });
  };
  addRows(ohas::onnx::importTable());
  addRows(ohas::onnx::inferTable());
  addRows(ohas::onnx::evaluateTable());
  for (const char *name : {"If", "Loop", "Scan", "SequenceMap", "Constant"})
    own[{"", name}] = onnx::OpSchemaRegistry::Schema(name, "");
  std::vector<Operator> all;
  for (const auto &[key, schema] : own)
    all.push_back({key.first, key.second, schema});
  numOwn = all.size();
  for (const onnx::OpSchema &schema : onnx::OpSchemaRegistry::get_all_schemas())
    if (!own.count({schema.domain(), schema.Name()}))
      all.push_back(
          {schema.domain(), schema.Name(),
           onnx::OpSchemaRegistry::Schema(schema.Name(), schema.domain())});
  return all;
}

static size_t numOwn = 0;

const std::vector<Operator> &ohas::fuzz::operators() {
  static const std::vector<Operator> all = collect(numOwn);
  return all;
}

const Operator &ohas::fuzz::anyOperator(Random &random) {
  const auto &all = operators();
  return all[random.below(random.oneIn(4) ? all.size() : numOwn)];
}

const std::vector<std::string> &ohas::fuzz::attributeNames() {
  static const std::vector<std::string> names = [] {
    // Of operators without a schema.
    std::vector<std::string> names = {"K",
                                      "N",
                                      "activation",
                                      "alpha",
                                      "beta",
                                      "bits",
                                      "block_size",
                                      "channels_last",
                                      "do_rotary",
                                      "is_causal",
                                      "kv_num_heads",
                                      "num_heads",
                                      "q_num_heads",
                                      "qkv_hidden_sizes",
                                      "scale",
                                      "softcap",
                                      "to",
                                      "transA",
                                      "transB",
                                      "transBatchA",
                                      "transBatchB",
                                      "unidirectional",
                                      "update_rule",
                                      "width_scale",
                                      "height_scale",
                                      "output_dtype",
                                      "scan_input_axes",
                                      "scan_output_axes",
                                      "num_scan_inputs",
                                      "scan_input_directions",
                                      "scan_output_directions",
                                      "directions"};
    for (const Operator &op : operators())
      if (op.schema)
        for (const auto &entry : op.schema->attributes())
          names.push_back(entry.first);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }();
  return names;
}

const std::vector<std::string> &ohas::fuzz::words() {
  static const std::vector<std::string> all = {"",
                                               "Relu",
                                               "Tanh",
                                               "Sigmoid",
                                               "NONE",
                                               "none",
                                               "Clip",
                                               "LeakyRelu",
                                               "SAME_UPPER",
                                               "SAME_LOWER",
                                               "VALID",
                                               "NOTSET",
                                               "forward",
                                               "reverse",
                                               "bidirectional",
                                               "linear",
                                               "nearest",
                                               "cubic",
                                               "constant",
                                               "reflect",
                                               "DCR",
                                               "CRD",
                                               "LINEAR",
                                               "ij,jk->ik",
                                               "bij,bjk",
                                               "...ij,...jk->...ik",
                                               "ii->i",
                                               "ij->",
                                               "bhqd,bhkd->bhqk",
                                               "i,j,k->ijk",
                                               "ij,ij->ij",
                                               "->",
                                               "gated",
                                               "delta",
                                               "gated_delta",
                                               "silu",
                                               "swish",
                                               "add",
                                               "mul",
                                               "none"};
  return all;
}
