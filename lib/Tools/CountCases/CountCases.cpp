//===- CountCases.cpp - Counts of nests written as JSON ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Tools/CountCases.h"
#include "Case.h"
#include "llvm/Support/JSON.h"
#include <cmath>

using namespace ohas;
using namespace ohas::cost;
namespace json = llvm::json;

static int64_t cyclesFor(int64_t elements, double rate) {
  if (rate == std::floor(rate) && rate < 1e18)
    return (elements - 1) / int64_t(rate) + (elements > 0);
  return std::ceil(elements / rate);
}

static int64_t cycles(const Case &c, const Counts &counts) {
  int64_t cycles = counts.computeCycles;
  for (size_t i = 0; i < c.bandwidths.size(); ++i) {
    if (!c.bandwidths[i])
      continue;
    int64_t reads = 0, writes = 0;
    for (const TensorCounts &t : counts.levels[i].tensors) {
      reads += t.busiestReads;
      writes += t.busiestWrites;
    }
    cycles = std::max({cycles, cyclesFor(reads, c.bandwidths[i]->read),
                       cyclesFor(writes, c.bandwidths[i]->write)});
  }
  return cycles;
}

static void print(const Case &c, const Counts &counts, json::OStream &os) {
  os.attribute("id", c.id);
  os.attribute("compute_cycles", counts.computeCycles);
  os.attributeObject("levels", [&] {
    for (auto [i, level] : llvm::enumerate(c.accelerator.levels)) {
      if (level.kind != LevelKind::Memory)
        continue;
      os.attributeObject(level.name, [&, i = i] {
        os.attribute("instances", counts.levels[i].instances);
        for (Tensor t : allTensors) {
          if (!c.mapping.levels[i].kept.contains(t))
            continue;
          const TensorCounts &n = counts.levels[i].tensors[index(t)];
          os.attributeObject(name(t), [&] {
            os.attribute("tile", n.tile);
            os.attribute("reads", n.reads);
            os.attribute("fills", n.fills);
            os.attribute("updates", n.updates);
          });
        }
      });
    }
  });
  os.attributeObject("converters", [&] {
    for (auto [i, level] : llvm::enumerate(c.accelerator.levels))
      if (level.kind == LevelKind::Converter && counts.levels[i].conversions)
        os.attribute(level.name, counts.levels[i].conversions);
  });
  os.attribute("cycles", cycles(c, counts));
}

llvm::Error ohas::countCase(llvm::StringRef line, llvm::raw_ostream &os) {
  llvm::Expected<Case> read = readCase(line);
  if (!read)
    return read.takeError();
  Counts counts = count(read->workload, read->accelerator, read->mapping);
  json::OStream out(os);
  out.object([&] { print(*read, counts, out); });
  os << '\n';
  return llvm::Error::success();
}
