//===- DesignSpace.cpp - The designs a search looks at ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/DesignSpace.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace ohas::search;
using namespace ohas;

/// More values than this for one knob is a mistyped step.
static constexpr double maxValues = 100000;

static llvm::Error knobError(llvm::StringRef text, const llvm::Twine &what) {
  return llvm::createStringError(llvm::Twine("--knob ") + text + ": " + what);
}

static llvm::Expected<double> parseNumber(llvm::StringRef text,
                                          llvm::StringRef number) {
  double value = 0;
  if (number.trim().getAsDouble(value))
    return knobError(text, llvm::Twine("'") + number.trim() +
                               "' is no number; write name=start:stop:step or "
                               "name=value,value,...");
  if (!std::isfinite(value))
    return knobError(text,
                     llvm::Twine("'") + number.trim() + "' is not finite");
  return value;
}

/// Steps of 0.1 should name 0.3, not 0.30000000000000004.
static double tidy(double value) {
  double result = value;
  llvm::StringRef(fmt::format("{:.12g}", value)).getAsDouble(result);
  return result;
}

static llvm::Expected<std::vector<double>>
parseStepped(llvm::StringRef text, llvm::ArrayRef<llvm::StringRef> parts) {
  if (parts.size() > 3)
    return knobError(text, "a range is start:stop:step");
  double numbers[3] = {0, 0, 1};
  for (auto [number, part] : llvm::zip(numbers, parts)) {
    llvm::Expected<double> value = parseNumber(text, part);
    if (!value)
      return value.takeError();
    number = *value;
  }
  auto [start, stop, step] = numbers;
  if (!(step > 0))
    return knobError(text, "the step must be positive");
  if (stop < start)
    return knobError(text, "the range ends below its start");
  // Half a millionth of a step forgives the rounding of decimal steps.
  double steps = std::floor((stop - start) / step + 5e-7);
  if (!(steps < maxValues))
    return knobError(text, fmt::format("more than {} values", maxValues));
  std::vector<double> values;
  for (double i = 0; i <= steps; ++i)
    values.push_back(tidy(start + i * step));
  return values;
}

llvm::Expected<KnobRange> ohas::search::parseKnobRange(llvm::StringRef text) {
  auto [name, list] = text.split('=');
  KnobRange range;
  range.name = name.trim().str();
  if (range.name.empty() || !text.contains('='))
    return knobError(text,
                     "write name=start:stop:step or name=value,value,...");
  llvm::SmallVector<llvm::StringRef> parts;
  if (list.contains(':')) {
    list.split(parts, ':');
    llvm::Expected<std::vector<double>> values = parseStepped(text, parts);
    if (!values)
      return values.takeError();
    range.values = std::move(*values);
    return range;
  }
  list.split(parts, ',');
  for (llvm::StringRef part : parts) {
    llvm::Expected<double> value = parseNumber(text, part);
    if (!value)
      return value.takeError();
    if (llvm::is_contained(range.values, *value))
      return knobError(text, llvm::Twine("the value ") + part.trim() +
                                 " is listed twice");
    range.values.push_back(*value);
  }
  return range;
}

/// The ranges of the user, checked against the knobs of the accelerator.
static llvm::Expected<std::map<std::string, std::vector<double>>>
parseRanges(const cost::AcceleratorSpec &spec,
            llvm::ArrayRef<std::string> texts) {
  std::map<std::string, std::vector<double>> ranges;
  for (const std::string &text : texts) {
    llvm::Expected<KnobRange> range = parseKnobRange(text);
    if (!range)
      return range.takeError();
    bool known = llvm::any_of(spec.knobs, [&](const cost::KnobSpec &knob) {
      return knob.name == range->name;
    });
    if (!known) {
      auto names = llvm::map_range(
          spec.knobs, [](const cost::KnobSpec &knob) { return knob.name; });
      return knobError(
          text,
          fmt::format("accelerator '{}' has no knob '{}'; "
                      "it has {}",
                      spec.name, range->name,
                      spec.knobs.empty() ? "none" : llvm::join(names, ", ")));
    }
    if (!ranges.emplace(range->name, std::move(range->values)).second)
      return knobError(
          text, fmt::format("the knob '{}' is given twice", range->name));
  }
  return ranges;
}

static uint32_t nearest(llvm::ArrayRef<double> values, double target) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < values.size(); ++i)
    if (std::abs(values[i] - target) < std::abs(values[best] - target))
      best = i;
  return best;
}

llvm::Expected<DesignSpace>
DesignSpace::create(const cost::AcceleratorSpec &spec,
                    llvm::ArrayRef<std::string> texts,
                    const cost::DesignPoint &base) {
  auto ranges = parseRanges(spec, texts);
  if (!ranges)
    return ranges.takeError();
  DesignSpace space;
  space.base = base;
  for (const cost::KnobSpec &knob : spec.knobs) {
    auto set = base.knobs.find(knob.name);
    double standard = set == base.knobs.end() ? knob.defaultValue : set->second;
    KnobRange axis{knob.name, {}};
    if (auto given = ranges->find(knob.name); given != ranges->end())
      axis.values = given->second;
    else if (texts.empty() && set == base.knobs.end())
      axis.values = knob.values;
    if (axis.values.empty())
      axis.values = {standard};
    space.defaults.push_back(nearest(axis.values, standard));
    space.axes.push_back(std::move(axis));
  }
  return space;
}

double DesignSpace::size() const {
  double product = 1;
  for (const KnobRange &axis : axes)
    product *= axis.values.size();
  return product;
}

std::optional<Choice> DesignSpace::choiceAt(uint64_t number) const {
  Choice choice(axes.size());
  for (size_t i = axes.size(); i-- > 0;) {
    choice[i] = number % axes[i].values.size();
    number /= axes[i].values.size();
  }
  if (number)
    return std::nullopt;
  return choice;
}

cost::DesignPoint DesignSpace::point(const Choice &choice) const {
  cost::DesignPoint result = base;
  for (auto [axis, number] : llvm::zip(axes, choice))
    result.knobs[axis.name] = axis.values[number];
  return result;
}
