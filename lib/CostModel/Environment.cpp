//===- Environment.cpp - Values of knobs, devices, definitions --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"
#include "ohas/CostModel/AcceleratorSpec.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

using namespace ohas::cost;

using Environment = llvm::StringMap<double>;

/// Names that an accounting binds to the operation; see evaluatePublished.
static bool isReserved(llvm::StringRef name) {
  return parseDim(name) || name == "macs" || name == "weight_is_constant" ||
         name == "input_is_nonnegative";
}

template <typename Range> static std::string listNamesOf(const Range &range) {
  std::vector<std::string> names;
  for (const auto &item : range)
    names.push_back(item.name);
  return names.empty() ? "none" : llvm::join(names, ", ");
}

template <typename Range>
static bool hasName(const Range &range, llvm::StringRef name) {
  return llvm::any_of(range,
                      [&](const auto &item) { return item.name == name; });
}

static llvm::Error add(Environment &values, llvm::StringRef kind,
                       const std::string &name, double value) {
  if (isReserved(name))
    return makeError("{} '{}' has the name of a value of the operation",
                     kind.str(), name);
  if (!std::isfinite(value))
    return makeError("{} '{}' is {}, not a finite number", kind.str(), name,
                     value);
  if (!values.try_emplace(name, value).second)
    return makeError("'{}' is defined twice", name);
  return llvm::Error::success();
}

static llvm::Error addKnobs(const AcceleratorSpec &spec,
                            const DesignPoint &point, Environment &values) {
  for (const auto &[name, value] : point.knobs)
    if (!hasName(spec.knobs, name))
      return makeError("no knob '{}'; there are: {}", name,
                       listNamesOf(spec.knobs));
  for (const KnobSpec &knob : spec.knobs) {
    auto chosen = point.knobs.find(knob.name);
    double value =
        chosen == point.knobs.end() ? knob.defaultValue : chosen->second;
    if (llvm::Error error = add(values, "knob", knob.name, value))
      return error;
  }
  return llvm::Error::success();
}

static llvm::Error addDevices(const AcceleratorSpec &spec,
                              const DesignPoint &point, Environment &values) {
  std::string set = point.deviceSet;
  if (set.empty() && !spec.deviceSets.empty())
    set = spec.deviceSets.front().name;
  else if (!set.empty() && !hasName(spec.deviceSets, set))
    return makeError("no device set '{}'; there are: {}", set,
                     listNamesOf(spec.deviceSets));
  for (const auto &[name, value] : point.deviceOverrides)
    if (!hasName(spec.devices, name))
      return makeError("no device '{}' to override; there are: {}", name,
                       listNamesOf(spec.devices));
  for (const DeviceSpec &device : spec.devices) {
    auto value = point.deviceOverrides.find(device.name);
    if (value == point.deviceOverrides.end()) {
      value = device.values.find(set);
      if (value == device.values.end())
        value = device.values.find("");
      if (value == device.values.end())
        return makeError("device '{}' has no value in device set '{}'",
                         device.name, set);
    }
    if (llvm::Error error = add(values, "device", device.name, value->second))
      return error;
  }
  return llvm::Error::success();
}

/// What the user set, as where to look for the cause of an error.
static std::string listChosen(const DesignPoint &point) {
  std::string text;
  for (const auto *values : {&point.knobs, &point.deviceOverrides})
    for (const auto &[name, value] : *values)
      text += fmt::format("{}{} = {}", text.empty() ? "; chosen: " : ", ", name,
                          value);
  return text;
}

llvm::Expected<Environment>
ohas::cost::evaluateEnvironment(const AcceleratorSpec &spec,
                                const DesignPoint &point) {
  std::string where = fmt::format("accelerator '{}'", spec.name);
  Environment values;
  if (llvm::Error error = addKnobs(spec, point, values))
    return prefix(where, std::move(error));
  if (llvm::Error error = addDevices(spec, point, values))
    return prefix(where, std::move(error));
  for (const DefinitionSpec &definition : spec.definitions) {
    llvm::Expected<double> value = definition.value.evaluate(values);
    if (!value)
      return makeError("{}: definition '{}': {}{}", where, definition.name,
                       llvm::toString(value.takeError()), listChosen(point));
    if (llvm::Error error = add(values, "definition", definition.name, *value))
      return prefix(where, std::move(error));
  }
  return values;
}
