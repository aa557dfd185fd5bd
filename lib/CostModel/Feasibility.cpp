//===- Feasibility.cpp - What light cannot build ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Feasibility.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <fmt/format.h>
#include <tuple>

using namespace ohas::cost;

/// Losses that a reason names; the others are one sum.
static constexpr size_t maxNamedLosses = 3;

/// ": -14.4 dBm at the detector, 12.041 dB rows split, ...", the largest first;
/// nothing if there is no loss.
static std::string itemize(const LinkBudget &link) {
  if (link.losses.empty())
    return "";
  std::string text = fmt::format(": {:.3f} dBm at the detector", link.needsDbm);
  std::vector<LinkItem> losses = link.losses;
  llvm::sort(losses, [](const LinkItem &a, const LinkItem &b) {
    return std::tie(b.value, a.name) < std::tie(a.value, b.name);
  });
  double others = 0;
  for (auto [i, loss] : llvm::enumerate(losses)) {
    if (i < maxNamedLosses)
      text += fmt::format(", {:.3f} dB {}", loss.value, loss.name);
    else
      others += loss.value;
  }
  if (losses.size() > maxNamedLosses)
    text += fmt::format(", {:.3f} dB others", others);
  return text;
}

std::vector<Infeasibility>
ohas::cost::infeasibilities(const Accelerator &accelerator) {
  std::vector<Infeasibility> reasons = accelerator.unmetRequirements;
  if (!accelerator.link)
    return reasons;
  const LinkBudget &link = *accelerator.link;
  if (link.needsDbm >= unreachableDbm)
    reasons.push_back({"link budget",
                       "no optical power at the detector is enough for the "
                       "bits at this rate: noise grows with it"});
  else if (link.limitDbm && link.laserDbm > *link.limitDbm)
    reasons.push_back(
        {"link budget",
         fmt::format("the laser needs {:.3f} dBm per wavelength, its limit is "
                     "{:.3f} dBm{}",
                     link.laserDbm, *link.limitDbm, itemize(link))});
  return reasons;
}

static bool isFeasible(const AcceleratorSpec &spec, const DesignPoint &point) {
  llvm::Expected<Accelerator> accelerator = instantiate(spec, point);
  if (accelerator)
    return infeasibilities(*accelerator).empty();
  llvm::consumeError(accelerator.takeError());
  return false;
}

namespace {
struct Change {
  const KnobSpec *knob;
  double value;
  double distance; ///< how many times more or less, as a logarithm
};
} // namespace

/// Every other value of every knob, the nearest of a knob first.
static std::vector<std::vector<Change>>
changesByKnob(const AcceleratorSpec &spec, const DesignPoint &point) {
  std::vector<std::vector<Change>> changes;
  for (const KnobSpec &knob : spec.knobs) {
    auto chosen = point.knobs.find(knob.name);
    double now =
        chosen == point.knobs.end() ? knob.defaultValue : chosen->second;
    std::vector<Change> &ofKnob = changes.emplace_back();
    for (double value : knob.values)
      if (value != now)
        ofKnob.push_back({&knob, value, std::fabs(std::log(value / now))});
    llvm::sort(ofKnob, [](const Change &a, const Change &b) {
      return std::tie(a.distance, a.value) < std::tie(b.distance, b.value);
    });
  }
  return changes;
}

static std::string text(const Change &change) {
  return fmt::format("{} = {}", change.knob->name, change.value);
}

std::vector<std::string>
ohas::cost::nearestFeasible(const AcceleratorSpec &spec,
                            const DesignPoint &point) {
  std::vector<std::string> found;
  std::vector<std::vector<Change>> changes = changesByKnob(spec, point);
  auto with = [](DesignPoint changed, const Change &change) {
    changed.knobs[change.knob->name] = change.value;
    return changed;
  };
  for (const std::vector<Change> &ofKnob : changes)
    for (const Change &change : ofKnob)
      if (isFeasible(spec, with(point, change))) {
        found.push_back(text(change));
        break;
      }
  if (!found.empty())
    return found;
  // No single one: the nearest two.
  double best = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < changes.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      for (const Change &first : changes[j])
        for (const Change &second : changes[i])
          if (double distance = first.distance + second.distance;
              distance < best &&
              isFeasible(spec, with(with(point, first), second))) {
            best = distance;
            found = {text(first) + " and " + text(second)};
          }
  return found;
}
