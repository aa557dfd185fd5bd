//===- ListAccelerators.cpp - ohas-opt --list-accelerators ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outputs.h"
#include "fmt/format.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Accelerators/Accelerators.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Tools/Driver.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace ohas;

static void writeJson(llvm::ArrayRef<cost::AcceleratorSpec> specs,
                      llvm::raw_ostream &os) {
  llvm::json::OStream json(os, 2);
  json.object([&] {
    json.attribute("schema", "ohas.accelerators/1");
    json.attributeArray("accelerators", [&] {
      for (const cost::AcceleratorSpec &spec : specs)
        json.object([&] {
          json.attribute("name", spec.name);
          json.attribute("title", spec.title);
          json.attribute("source", spec.source);
          json.attributeArray("knobs", [&] {
            for (const cost::KnobSpec &knob : spec.knobs)
              json.object([&] {
                json.attribute("name", knob.name);
                json.attribute("default", knob.defaultValue);
                json.attribute("values", llvm::json::Array(knob.values));
                json.attribute("description", knob.description);
              });
          });
          json.attributeArray("device_sets", [&] {
            for (const cost::DeviceSetSpec &set : spec.deviceSets)
              json.object([&] {
                json.attribute("name", set.name);
                json.attribute("source", set.source);
              });
          });
          json.attributeArray("readings", [&] {
            json.value("mapped");
            for (const cost::AccountingSpec &accounting : spec.accountings)
              json.value(accounting.name);
          });
        });
    });
  });
  os << '\n';
}

static void writeText(llvm::ArrayRef<cost::AcceleratorSpec> specs,
                      llvm::raw_ostream &os) {
  for (const cost::AcceleratorSpec &spec : specs) {
    os << fmt::format("{}: {}\n  {}\n", spec.name, spec.title, spec.source);
    for (const cost::KnobSpec &knob : spec.knobs)
      os << fmt::format("  knob {:<14} {:>8} of {{{}}}  {}\n", knob.name,
                        knob.defaultValue, fmt::join(knob.values, ", "),
                        knob.description);
    for (const cost::DeviceSetSpec &set : spec.deviceSets)
      os << fmt::format("  devices {:<11} {}\n", set.name, set.source);
    for (const cost::AccountingSpec &accounting : spec.accountings)
      os << fmt::format("  reading {:<11} {}\n", accounting.name,
                        accounting.source);
  }
}

int ohas::listAccelerators(StringRef jsonPath) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<optical::OpticalDialect>();
  std::vector<cost::AcceleratorSpec> specs;
  for (const ShippedAccelerator &shipped : shippedAccelerators()) {
    OwningOpRef<ModuleOp> module =
        parseSourceString<ModuleOp>(shipped.text, ParserConfig(&context));
    if (!module)
      return exitBadInput;
    for (auto op : module->getOps<optical::AcceleratorOp>()) {
      FailureOr<cost::AcceleratorSpec> spec = buildSpec(op);
      if (failed(spec))
        return exitBadInput;
      specs.push_back(std::move(*spec));
    }
  }
  if (jsonPath.empty()) {
    writeText(specs, llvm::outs());
    return exitDone;
  }
  bool written = writeContent(
      jsonPath, [&](llvm::raw_ostream &os) { writeJson(specs, os); });
  return written ? exitDone : exitBadInput;
}
