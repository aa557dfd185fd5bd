//===- BruteForceCounts.cpp - Counts by walking every point -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BruteForceCounts.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace ohas::cost;

namespace {
using Element = std::vector<int64_t>;
using Bag = std::map<Element, int64_t>;
using Set = std::set<Element>;
using Index = std::array<int64_t, numDims>;
template <typename T> using ByCopy = std::map<Copy, T>;
using Bags = ByCopy<Bag>;
using Sets = ByCopy<Set>;

struct PlacedLoop {
  unsigned level;
  bool temporal;
  Dim dim;
  int64_t bound, step;
};

/// A step of the temporal loops, with the points that exist in it.
struct Step {
  std::vector<int> digits;
  std::map<std::vector<int>, Index> points; // by the spatial digits
};

class BruteForce {
public:
  BruteForce(const Workload &workload, const Accelerator &accelerator,
             const Mapping &mapping);
  BruteForceCounts run();

private:
  bool nextDigits(std::vector<int> &digits,
                  const std::vector<unsigned> &loops) const;
  Element element(Tensor tensor, const Index &index) const;
  std::vector<int> digitsAbove(const std::vector<int> &digits,
                               const std::vector<unsigned> &loops,
                               unsigned level) const;
  Copy copyOf(const std::vector<int> &spatialDigits, unsigned level) const {
    return digitsAbove(spatialDigits, spatial, level);
  }
  std::vector<Sets> tilesBySteps(Tensor tensor, unsigned level) const;
  Bags combine(Tensor tensor, Bags bags, unsigned child, unsigned top) const;
  void convert(Tensor tensor, const Bags &bags, unsigned parent,
               unsigned child);
  void operand(Tensor tensor, unsigned parent, unsigned child);
  void outputs(unsigned parent, unsigned child);
  void changes(Tensor tensor, unsigned level);

  const Workload &w;
  const Accelerator &a;
  const Mapping &mapping;
  std::vector<PlacedLoop> loops;
  std::vector<unsigned> temporal, spatial;
  std::vector<Step> steps;
  std::vector<Bags> presented; // by level: what a converter presented last
  BruteForceCounts counts;
};
} // namespace

bool BruteForce::nextDigits(std::vector<int> &digits,
                            const std::vector<unsigned> &which) const {
  for (size_t i = which.size(); i-- > 0;) {
    if (++digits[i] < loops[which[i]].bound)
      return true;
    digits[i] = 0;
  }
  return false;
}

BruteForce::BruteForce(const Workload &workload, const Accelerator &accelerator,
                       const Mapping &mapping)
    : w(workload), a(accelerator), mapping(mapping),
      presented(accelerator.levels.size()) {
  for (unsigned level = 0; level < a.levels.size(); ++level)
    for (const Loop &loop : mapping.levels[level].loops)
      loops.push_back({level, a.levels[level].kind == LevelKind::Memory,
                       loop.dim, loop.bound, 0});
  Index extent;
  extent.fill(1);
  for (PlacedLoop &loop : llvm::reverse(loops)) {
    loop.step = extent[index(loop.dim)];
    extent[index(loop.dim)] *= loop.bound;
  }
  for (unsigned i = 0; i < loops.size(); ++i)
    (loops[i].temporal ? temporal : spatial).push_back(i);

  std::vector<int> t(temporal.size(), 0);
  do {
    Step step = {t, {}};
    std::vector<int> s(spatial.size(), 0);
    do {
      Index at = {};
      for (size_t i = 0; i < t.size(); ++i)
        at[index(loops[temporal[i]].dim)] += t[i] * loops[temporal[i]].step;
      for (size_t i = 0; i < s.size(); ++i)
        at[index(loops[spatial[i]].dim)] += s[i] * loops[spatial[i]].step;
      if (llvm::all_of(allDims,
                       [&](Dim d) { return at[index(d)] < w.size(d); }))
        step.points[s] = at;
    } while (nextDigits(s, spatial));
    if (!step.points.empty())
      steps.push_back(step);
  } while (nextDigits(t, temporal));
}

Element BruteForce::element(Tensor tensor, const Index &at) const {
  auto of = [&](Dim dim) { return at[index(dim)]; };
  auto window = [&](unsigned i, Dim position, Dim kernel) {
    return of(position) * w.strides[i] + of(kernel) * w.dilations[i];
  };
  if (tensor == Tensor::Weight)
    return {of(Dim::G), of(Dim::M), of(Dim::C),
            of(Dim::R), of(Dim::S), of(Dim::T)};
  Element e = {of(Dim::N), of(Dim::G),
               of(tensor == Tensor::Input ? Dim::C : Dim::M)};
  if ((tensor == Tensor::Output) == w.transposed)
    e.insert(e.end(), {window(0, Dim::P, Dim::R), window(1, Dim::Q, Dim::S),
                       window(2, Dim::D, Dim::T)});
  else
    e.insert(e.end(), {of(Dim::P), of(Dim::Q), of(Dim::D)});
  return e;
}

std::vector<int> BruteForce::digitsAbove(const std::vector<int> &digits,
                                         const std::vector<unsigned> &which,
                                         unsigned level) const {
  std::vector<int> above;
  for (size_t i = 0; i < which.size(); ++i)
    if (loops[which[i]].level < level)
      above.push_back(digits[i]);
  return above;
}

/// By step: what each copy that has work touches with all loops below.
std::vector<Sets> BruteForce::tilesBySteps(Tensor tensor,
                                           unsigned level) const {
  std::map<std::vector<int>, Sets> groups;
  for (const Step &step : steps)
    for (const auto &[s, at] : step.points)
      groups[digitsAbove(step.digits, temporal, level)][copyOf(s, level)]
          .insert(element(tensor, at));
  std::vector<Sets> tiles;
  for (const Step &step : steps)
    tiles.push_back(groups[digitsAbove(step.digits, temporal, level)]);
  return tiles;
}

Bags BruteForce::combine(Tensor tensor, Bags bags, unsigned child,
                         unsigned top) const {
  DimSet relevant = w.relevantDims(tensor);
  for (unsigned f = child; f-- > top + 1;) {
    if (a.levels[f].kind != LevelKind::Fanout)
      continue;
    size_t outside = 0;
    std::vector<Dim> own;
    for (unsigned i : spatial) {
      outside += loops[i].level < f;
      if (loops[i].level == f)
        own.push_back(loops[i].dim);
    }
    std::map<Copy, std::map<Copy, Bag>> merged; // most of any copy, by key
    for (const auto &[copy, bag] : bags) {
      Copy key;
      for (size_t i = 0; i < own.size(); ++i) {
        FanoutMode mode = a.levels[f].mode(tensor);
        if (mode == FanoutMode::Private ||
            (mode == FanoutMode::Broadcast && relevant.contains(own[i])))
          key.push_back(copy[outside + i]);
      }
      Bag &most = merged[Copy(copy.begin(), copy.begin() + outside)][key];
      for (const auto &[e, k] : bag)
        most[e] = std::max(most[e], k);
    }
    bags.clear();
    for (const auto &[copy, byKey] : merged)
      for (const auto &[key, most] : byKey)
        for (const auto &[e, k] : most)
          bags[copy][e] += k;
  }
  return bags;
}

static int64_t total(const Bag &bag) {
  int64_t sum = 0;
  for (const auto &[e, k] : bag)
    sum += k;
  return sum;
}

static Bag bagOf(const Set &set) {
  Bag bag;
  for (const Element &e : set)
    bag[e] = 1;
  return bag;
}

static Set without(const Set &a, const Set &b) {
  Set result;
  for (const Element &e : a)
    if (!b.count(e))
      result.insert(e);
  return result;
}

void BruteForce::convert(Tensor tensor, const Bags &bags, unsigned parent,
                         unsigned child) {
  for (unsigned c = parent + 1; c < child; ++c) {
    const Level &level = a.levels[c];
    if (level.kind != LevelKind::Converter || level.tensor != tensor)
      continue;
    for (const auto &[copy, bag] : combine(tensor, bags, child, c)) {
      Bag fresh = bag;
      if (level.hold && child == a.levels.size() - 1) {
        for (const auto &[e, k] : presented[c][copy])
          if (fresh.count(e))
            fresh[e] = std::max<int64_t>(0, fresh[e] - k);
        presented[c][copy] = bag;
      }
      counts.levels[c].conversions[copy] += total(fresh);
    }
  }
}

void BruteForce::operand(Tensor tensor, unsigned parent, unsigned child) {
  bool memory = child + 1 < a.levels.size();
  Sets held;
  for (const Sets &tiles : tilesBySteps(tensor, child)) {
    Bags bags;
    for (const auto &[copy, tile] : tiles) {
      if (!memory) {
        bags[copy] = bagOf(tile);
        continue;
      }
      Set fresh = without(tile, held[copy]);
      held[copy] = tile;
      counts.levels[child].tensors[index(tensor)].fills[copy] += fresh.size();
      if (!fresh.empty())
        bags[copy] = bagOf(fresh);
    }
    convert(tensor, bags, parent, child);
    for (const auto &[copy, bag] : combine(tensor, bags, child, parent))
      counts.levels[parent].tensors[index(tensor)].reads[copy] += total(bag);
  }
}

void BruteForce::outputs(unsigned parent, unsigned child) {
  constexpr Tensor output = Tensor::Output;
  bool memory = child + 1 < a.levels.size();
  BruteForceTensor &above = counts.levels[parent].tensors[index(output)];
  BruteForceTensor &below = counts.levels[child].tensors[index(output)];
  std::optional<int64_t> limit = a.levels[child].accumulateLimit;
  Sets held, landed;
  std::map<std::pair<Copy, Element>, int64_t> pending;

  auto land = [&](const Bags &bags) {
    convert(output, bags, parent, child);
    for (const auto &[copy, bag] : combine(output, bags, child, parent))
      for (const auto &[e, k] : bag) {
        bool first = landed[copy].insert(e).second;
        above.updates[copy] += k;
        if (!a.levels[parent].accumulateLimit)
          above.reads[copy] += first ? k - 1 : k;
      }
  };
  auto depart = [&](const Sets &sets) {
    Bags bags;
    for (const auto &[copy, set] : sets)
      if (!set.empty()) {
        below.reads[copy] += set.size();
        bags[copy] = bagOf(set);
      }
    land(bags);
  };
  auto emptied = [&](const Copy &copy, const Set &set) {
    Set leaving;
    for (const Element &e : set) {
      int64_t &waiting = pending[{copy, e}];
      if (!limit || waiting)
        leaving.insert(e);
      waiting = 0;
    }
    return leaving;
  };

  std::vector<Sets> parentTiles = tilesBySteps(output, parent);
  std::vector<Sets> childTiles = tilesBySteps(output, child);
  for (size_t i = 0; i < steps.size(); ++i) {
    Sets leaving, touched, full;
    if (memory)
      for (const auto &[copy, tile] : childTiles[i]) {
        leaving[copy] = emptied(copy, without(held[copy], tile));
        held[copy] = tile;
      }
    depart(leaving);
    for (const auto &[copy, tile] : parentTiles[i])
      landed[copy] = without(landed[copy], without(landed[copy], tile));
    if (!memory) {
      Bags bags;
      for (const auto &[copy, tile] : childTiles[i])
        bags[copy] = bagOf(tile);
      land(bags);
    } else if (limit) {
      for (const auto &[s, at] : steps[i].points)
        touched[copyOf(s, child)].insert(element(output, at));
      for (const auto &[copy, set] : touched)
        for (const Element &e : set)
          if (++pending[{copy, e}] == *limit) {
            full[copy].insert(e);
            pending[{copy, e}] = 0;
          }
      depart(full);
    }
  }
  Sets last;
  for (const auto &[copy, tile] : held)
    last[copy] = emptied(copy, tile);
  depart(last);
}

void BruteForce::changes(Tensor tensor, unsigned level) {
  BruteForceTensor &here = counts.levels[level].tensors[index(tensor)];
  Sets held;
  for (const Sets &tiles : tilesBySteps(tensor, level))
    for (const auto &[copy, tile] : tiles) {
      here.tile = std::max<int64_t>(here.tile, tile.size());
      here.changes[copy] += !without(tile, held[copy]).empty();
      held[copy] = tile;
    }
}

BruteForceCounts BruteForce::run() {
  counts.computeCycles = steps.size();
  counts.levels.resize(a.levels.size());
  for (unsigned level = 0; level < a.levels.size(); ++level) {
    std::set<Copy> copies;
    for (const Step &step : steps)
      for (const auto &[s, at] : step.points)
        copies.insert(copyOf(s, level));
    counts.levels[level].instances = copies.size();
  }
  unsigned compute = a.levels.size() - 1;
  for (Tensor tensor : allTensors) {
    std::optional<unsigned> parent;
    for (unsigned level = 0; level <= compute; ++level) {
      bool keeps = a.levels[level].kind == LevelKind::Memory &&
                   mapping.levels[level].kept.contains(tensor);
      if (keeps)
        changes(tensor, level);
      if (!keeps && level != compute)
        continue;
      if (parent && tensor == Tensor::Output)
        outputs(*parent, level);
      else if (parent)
        operand(tensor, *parent, level);
      parent = level;
    }
  }
  return counts;
}

BruteForceCounts ohas::cost::bruteForceCount(const Workload &workload,
                                             const Accelerator &accelerator,
                                             const Mapping &mapping) {
  return BruteForce(workload, accelerator, mapping).run();
}
