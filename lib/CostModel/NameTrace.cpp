//===- NameTrace.cpp - What an expression stands on -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/NameTrace.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;

void NameTracer::add(const Expression &expression) {
  if (!expression)
    return;
  for (const std::string &name : expression.variables())
    addName(name);
}

void NameTracer::addName(const std::string &name) {
  if (!seen.insert(name).second)
    return;
  auto isIt = [&](const auto &entry) { return entry.name == name; };
  TraceName entry;
  entry.name = name;
  entry.value = values.lookup(name);
  if (auto knob = llvm::find_if(spec.knobs, isIt); knob != spec.knobs.end()) {
    entry.kind = "knob";
    entry.source = knob->description;
    names.push_back(std::move(entry));
  } else if (auto device = llvm::find_if(spec.devices, isIt);
             device != spec.devices.end()) {
    entry.kind = "device";
    entry.unit = device->unit;
    entry.source = point.deviceOverrides.count(name) ? "given by the user"
                                                     : device->source;
    entry.assumed = device->assumed;
    names.push_back(std::move(entry));
  } else if (auto definition = llvm::find_if(spec.definitions, isIt);
             definition != spec.definitions.end()) {
    entry.kind = "definition";
    entry.expression = definition->value.text().str();
    entry.source = definition->source;
    names.push_back(std::move(entry));
    add(definition->value);
  }
}
