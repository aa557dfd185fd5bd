//===- ExplainLink.cpp - ohas-opt --explain-link ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExplainLink.h"
#include "NameTable.h"
#include "Outputs.h"
#include "fmt/format.h"
#include "mlir/Pass/PassManager.h"
#include "ohas/Analysis/TargetAccelerator.h"
#include "ohas/CostModel/Feasibility.h"
#include "ohas/Transforms/Passes.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;

namespace {
/// A link with all that is shown beside it.
struct Explanation {
  const cost::LinkSpec &spec;
  const cost::LinkBudget &link;
  std::vector<cost::LinkItem> figures; ///< those that have a value
  std::vector<cost::TraceName> names;
  std::vector<cost::Infeasibility> reasons;
  std::vector<std::string> suggestions;
};
} // namespace

static FailureOr<TargetAccelerator> configure(ModuleOp module,
                                              const DriverOptions &options) {
  ConfigureAcceleratorOptions configure;
  configure.accelerator = acceleratorOf(module, options);
  configure.knobs.assign(options.knobs.begin(), options.knobs.end());
  configure.devices = options.devices;
  configure.overrides.assign(options.overrides.begin(),
                             options.overrides.end());
  PassManager manager(module.getContext());
  manager.addPass(createConfigureAccelerator(std::move(configure)));
  if (failed(manager.run(module)))
    return failure();
  return resolveTarget(module);
}

static Explanation explain(const TargetAccelerator &target,
                           const llvm::StringMap<double> &values) {
  Explanation result{
      *target.spec.link, *target.accelerator.link, {}, {}, {}, {}};
  cost::NameTracer tracer(target.spec, target.point, values);
  tracer.add(result.spec.needsDbm);
  tracer.add(result.spec.limitDbm);
  tracer.add(result.spec.enob);
  for (const cost::LinkItemSpec &loss : result.spec.losses)
    tracer.add(loss.value);
  for (const cost::LinkItemSpec &figure : result.spec.figures) {
    llvm::Expected<double> value = figure.value.evaluate(values);
    // Some say nothing of an infeasible design.
    if (value)
      result.figures.push_back({figure.name, *value});
    else
      llvm::consumeError(value.takeError());
    tracer.add(figure.value);
  }
  result.names = std::move(tracer.names);
  result.reasons = cost::infeasibilities(target.accelerator);
  if (!result.reasons.empty())
    result.suggestions = cost::nearestFeasible(target.spec, target.point);
  return result;
}

static std::string unitOf(const Explanation &explanation,
                          const std::string &figure) {
  for (const cost::LinkItemSpec &spec : explanation.spec.figures)
    if (spec.name == figure)
      return spec.unit;
  return "";
}

static void printBudget(const Explanation &explanation, llvm::raw_ostream &os) {
  const auto &[spec, link, figures, names, reasons, suggestions] = explanation;
  auto row = [&](const std::string &name, const std::string &loss, double dbm,
                 llvm::StringRef from) {
    os << fmt::format("  {:<28}{:>10}{:>12.3f}  {}\n", name, loss, dbm,
                      from.str());
  };
  os << fmt::format("\n  {:<28}{:>10}{:>12}\n", "a wavelength, optical", "dB",
                    "dBm after");
  double dbm = link.laserDbm;
  row("laser", "", dbm, spec.name);
  for (auto [item, loss] : llvm::zip(spec.losses, link.losses)) {
    dbm -= loss.value;
    row(loss.name, fmt::format("{:.3f}", 0 - loss.value), dbm,
        item.value.text());
  }
  row("needed at the detector", "", link.needsDbm, spec.needsDbm.text());
  if (link.limitDbm)
    os << fmt::format(
        "\n  {:<28}{:>10}{:>12.3f}  {}: {:.3f} dB {}\n", "limit of the laser",
        "", *link.limitDbm, spec.limitDbm.text().str(),
        std::abs(*link.limitDbm - link.laserDbm),
        *link.limitDbm < link.laserDbm ? "too little" : "to spare");
  if (link.enob)
    os << fmt::format("\n  {:<28}{:>10}{:>12.3f}  {}\n", "effective bits", "",
                      *link.enob, spec.enob.text().str());
  if (!figures.empty())
    os << '\n';
  for (const cost::LinkItem &figure : figures)
    os << fmt::format("  {:<38}{:>12}\n", figure.name,
                      withUnit(std::stod(fmt::format("{:.5g}", figure.value)),
                               unitOf(explanation, figure.name)));
}

static void printText(const TargetAccelerator &target,
                      const Explanation &explanation, llvm::raw_ostream &os) {
  os << fmt::format("Link of {}: {}\n", target.spec.name, target.spec.title);
  if (!explanation.spec.source.empty())
    os << "  " << explanation.spec.source << '\n';
  printBudget(explanation, os);
  if (!explanation.reasons.empty())
    os << '\n';
  for (const cost::Infeasibility &reason : explanation.reasons)
    os << "  INFEASIBLE   " << reason.message << '\n';
  for (const std::string &suggestion : explanation.suggestions)
    os << "               feasible with " << suggestion << '\n';
  os << "\n  where\n";
  printNames(explanation.names, os);
}

static void writeJson(const TargetAccelerator &target,
                      const Explanation &explanation, llvm::raw_ostream &os) {
  const cost::LinkBudget &link = explanation.link;
  llvm::json::OStream json(os, 2);
  json.object([&] {
    json.attribute("schema", "ohas.link/1");
    json.attribute("accelerator", target.spec.name);
    json.attribute("laser_dbm", link.laserDbm);
    if (link.limitDbm)
      json.attribute("limit_dbm", *link.limitDbm);
    json.attribute("needs_dbm", link.needsDbm);
    if (link.enob)
      json.attribute("enob", *link.enob);
    json.attributeArray("losses", [&] {
      for (size_t i = 0; i < link.losses.size(); ++i)
        json.object([&] {
          json.attribute("name", link.losses[i].name);
          json.attribute("db", link.losses[i].value);
          json.attribute("expression", explanation.spec.losses[i].value.text());
        });
    });
    json.attributeArray("figures", [&] {
      for (const cost::LinkItem &figure : explanation.figures)
        json.object([&] {
          json.attribute("name", figure.name);
          json.attribute("value", figure.value);
          json.attribute("unit", unitOf(explanation, figure.name));
        });
    });
    json.attributeObject("feasibility", [&] {
      json.attribute("ok", explanation.reasons.empty());
      json.attributeArray("reasons", [&] {
        for (const cost::Infeasibility &reason : explanation.reasons)
          json.value(reason.message);
      });
      json.attributeArray("suggestions", [&] {
        for (const std::string &suggestion : explanation.suggestions)
          json.value(suggestion);
      });
    });
  });
  os << '\n';
}

int ohas::explainLink(const DriverOptions &options, MLIRContext &context) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  FailureOr<TargetAccelerator> target = configure(*module, options);
  if (failed(target))
    return exitBadInput;
  if (!target->spec.link) {
    llvm::WithColor::error(llvm::errs())
        << "accelerator '" << target->spec.name
        << "' has no link budget (optical.link); name another with "
           "--accelerator\n";
    return exitBadInput;
  }
  llvm::Expected<llvm::StringMap<double>> values =
      cost::evaluateEnvironment(target->spec, target->point);
  if (!values) {
    llvm::WithColor::error(llvm::errs())
        << llvm::toString(values.takeError()) << '\n';
    return exitBadInput;
  }
  Explanation explanation = explain(*target, *values);
  if (options.jsonPath != "-")
    printText(*target, explanation, llvm::outs());
  if (!writeContent(options.jsonPath, [&](llvm::raw_ostream &os) {
        writeJson(*target, explanation, os);
      }))
    return exitBadInput;
  return explanation.reasons.empty() ? exitDone : exitInfeasible;
}
