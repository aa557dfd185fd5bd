//===- CountsEnumerate.cpp - Outputs, step by step --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The slow, general path for outputs: it follows the definitions.
//
//===----------------------------------------------------------------------===//

#include "CountsChain.h"
#include <map>
#include <set>

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
using Digits = std::vector<int64_t>;
using Element = std::array<int64_t, 7>;
using Bag = std::map<Element, int64_t>;
using Elements = std::set<Element>;
template <typename T> using ByCopy = std::map<Digits, T>;

struct Enumeration {
  const Nest &nest;
  Link link;
  std::vector<unsigned> temporal, spatial; // loops
  unsigned outer = 0;                      // temporal ones above the child
  EnumeratedOutputs result;
  ByCopy<Elements> held, landed;
  ByCopy<std::map<Element, int64_t>> pending;
  std::optional<int64_t> limit;

  Enumeration(const Nest &nest, const Link &link)
      : nest(nest), link(link),
        limit(nest.accelerator.levels[link.child].accumulateLimit) {
    result.crossing.resize(nest.accelerator.levels.size());
    for (unsigned i = 0; i < nest.loops.size(); ++i) {
      (nest.loops[i].temporal ? temporal : spatial).push_back(i);
      outer += nest.loops[i].temporal && nest.loops[i].level < link.child;
    }
  }

  unsigned digitsAbove(unsigned level) const {
    return llvm::count_if(
        spatial, [&](unsigned i) { return nest.loops[i].level < level; });
  }

  /// Visits the digits of loops[from, to) with their indices, in order.
  void
  visit(llvm::ArrayRef<unsigned> loops, std::array<int64_t, numDims> at,
        Digits &digits,
        llvm::function_ref<void(const std::array<int64_t, numDims> &)> fn) {
    if (loops.empty())
      return fn(at);
    const NestLoop &loop = nest.loops[loops.front()];
    int64_t &value = at[index(loop.dim)];
    digits.push_back(0);
    for (int64_t v = 0; v < loop.bound; ++v, value += loop.step) {
      if (value >= nest.workload.size(loop.dim))
        break;
      digits.back() = v;
      visit(loops.drop_front(), at, digits, fn);
    }
    digits.pop_back();
  }

  Element element(const std::array<int64_t, numDims> &at) const {
    const Workload &w = nest.workload;
    auto window = [&](unsigned i) {
      auto [p, r] = windowPairs[i];
      return w.transposed
                 ? at[index(p)] * w.strides[i] + at[index(r)] * w.dilations[i]
                 : at[index(p)];
    };
    return {at[index(Dim::N)],
            at[index(Dim::G)],
            at[index(Dim::M)],
            window(0),
            window(1),
            window(2),
            0};
  }

  /// Elements touched from `at` by all loops at and below `level`, by copy.
  ByCopy<Elements> tiles(const std::array<int64_t, numDims> &at, unsigned level,
                         unsigned firstTemporal) {
    ByCopy<Elements> tiles;
    unsigned prefix = digitsAbove(level);
    Digits inner, copy;
    visit(llvm::ArrayRef(temporal).drop_front(firstTemporal), at, inner,
          [&](const auto &step) {
            visit(spatial, step, copy, [&](const auto &point) {
              Digits key(copy.begin(), copy.begin() + prefix);
              tiles[key].insert(element(point));
            });
          });
    return tiles;
  }

  ByCopy<Bag> combine(ByCopy<Bag> bags, unsigned top) const {
    for (unsigned f = link.child; f-- > top + 1;) {
      unsigned outside = digitsAbove(f), end = digitsAbove(f + 1);
      if (outside == end)
        continue;
      ByCopy<std::map<Digits, Bag>> groups;
      for (auto &[copy, bag] : bags) {
        Digits key;
        for (unsigned i = outside; i < end; ++i)
          if (!Question{link.tensor, link.child, top, false, {}}.shares(
                  nest, nest.loops[spatial[i]]))
            key.push_back(copy[i]);
        Bag &once = groups[Digits(copy.begin(), copy.begin() + outside)][key];
        for (auto [e, k] : bag)
          once[e] = std::max(once[e], k);
      }
      bags.clear();
      for (auto &[copy, byKey] : groups)
        for (auto &[key, once] : byKey)
          for (auto [e, k] : once)
            bags[copy][e] += k;
    }
    return bags;
  }

  void depart(const ByCopy<Elements> &sets) {
    ByCopy<Bag> bags;
    for (const auto &[copy, set] : sets) {
      if (set.empty())
        continue;
      result.crossing[link.child][copy] += set.size();
      for (const Element &e : set)
        bags[copy][e] = 1;
    }
    for (unsigned c = link.parent + 1; c < link.child; ++c)
      if (nest.accelerator.levels[c].kind == LevelKind::Converter &&
          nest.accelerator.levels[c].tensor == link.tensor)
        for (auto &[copy, bag] : combine(bags, c))
          for (auto [e, k] : bag)
            result.crossing[c][copy] += k;
    for (auto &[copy, bag] : combine(bags, link.parent))
      for (auto [e, k] : bag) {
        result.crossing[link.parent][copy] += k;
        result.again[copy] += landed[copy].insert(e).second ? k - 1 : k;
      }
  }

  /// Elements of `set` that still hold something, which they lose.
  template <typename Keep>
  Elements take(const Digits &copy, const Elements &set, Keep keep) {
    Elements taken;
    for (const Element &e : set) {
      if (keep(e))
        continue;
      if (!limit || pending[copy][e])
        taken.insert(e);
      pending[copy][e] = 0;
    }
    return taken;
  }

  void run() {
    Digits digits;
    unsigned parentTemporals = llvm::count_if(temporal, [&](unsigned i) {
      return nest.loops[i].level < link.parent;
    });
    visit(llvm::ArrayRef(temporal).take_front(outer), {}, digits,
          [&](const auto &at) {
            ByCopy<Elements> now = tiles(at, link.child, outer), leaving;
            for (auto &[copy, tile] : now) {
              leaving[copy] =
                  take(copy, held[copy], [&, &tile = tile](const Element &e) {
                    return tile.count(e) != 0;
                  });
              held[copy] = tile;
            }
            depart(leaving);
            // The tile of the parent: from the start of its own loops.
            std::array<int64_t, numDims> start = at;
            for (unsigned t = parentTemporals; t < outer; ++t) {
              const NestLoop &loop = nest.loops[temporal[t]];
              start[index(loop.dim)] -= digits[t] * loop.step;
            }
            for (auto &[copy, tile] :
                 tiles(start, link.parent, parentTemporals)) {
              Elements still;
              for (const Element &e : landed[copy])
                if (tile.count(e))
                  still.insert(e);
              landed[copy] = still;
            }
            if (limit)
              accumulate(at);
          });
    ByCopy<Elements> leaving;
    for (auto &[copy, tile] : held)
      leaving[copy] = take(copy, tile, [](const Element &) { return false; });
    depart(leaving);
  }

  void accumulate(const std::array<int64_t, numDims> &at) {
    Digits inner;
    unsigned prefix = digitsAbove(link.child);
    visit(llvm::ArrayRef(temporal).drop_front(outer), at, inner,
          [&](const auto &step) {
            ByCopy<Elements> touched, full;
            Digits copy;
            visit(spatial, step, copy, [&](const auto &point) {
              touched[Digits(copy.begin(), copy.begin() + prefix)].insert(
                  element(point));
            });
            for (auto &[copy, elements] : touched)
              for (const Element &e : elements)
                if (++pending[copy][e] == *limit) {
                  full[copy].insert(e);
                  pending[copy][e] = 0;
                }
            depart(full);
          });
  }
};
} // namespace

EnumeratedOutputs ohas::cost::counting::enumerateOutputs(const Nest &nest,
                                                         const Link &link) {
  Enumeration enumeration(nest, link);
  enumeration.run();
  return std::move(enumeration.result);
}
