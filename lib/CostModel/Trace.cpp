//===- Trace.cpp - How one figure comes about -----------------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The terms are those of docs/CostModel.md, Energy; that they sum to the figure
// of Cost.cpp is tested.
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Trace.h"
#include "CountedEvents.h"
#include "Errors.h"
#include "Latency.h"
#include "ohas/CostModel/Saturating.h"

using namespace ohas::cost;

namespace {

class Tracer : public NameTracer {
public:
  using NameTracer::NameTracer;

  /// A property of the level, with the expression that it is.
  TraceTerm::Factor property(const LevelSpec &level, const std::string &name,
                             double value, std::string unit);
};

} // namespace

TraceTerm::Factor Tracer::property(const LevelSpec &level,
                                   const std::string &name, double value,
                                   std::string unit) {
  TraceTerm::Factor factor{name, value, std::move(unit), "not given"};
  auto found = level.properties.find(name);
  if (found == level.properties.end())
    return factor;
  factor.from = found->second.text().str();
  add(found->second);
  return factor;
}

static double product(const TraceTerm &term, double scale) {
  double value = scale;
  for (const TraceTerm::Factor &factor : term.factors)
    value *= factor.value;
  return value;
}

/// countedEvents, with what they are called at this kind of level.
static TraceTerm::Factor eventsFactor(const Workload &workload,
                                      const Level &level,
                                      const LevelCounts &counts) {
  double events = countedEvents(workload, level, counts);
  if (level.kind == LevelKind::Compute)
    return {"macs", events, "", "multiply-accumulates"};
  if (level.kind == LevelKind::Converter)
    return {"conversions", events, "", "elements that cross it, all instances"};
  return {"accesses", events, "", "reads, fills and updates"};
}

llvm::Expected<Trace>
ohas::cost::traceEnergy(const AcceleratorSpec &spec, const DesignPoint &point,
                        const Accelerator &accelerator,
                        const Workload &workload, const Mapping &mapping,
                        const Counts &counts, int64_t latencyPs,
                        llvm::StringRef component) {
  std::optional<unsigned> index = accelerator.findLevel(component);
  if (!index) {
    std::string known;
    for (const Level &level : accelerator.levels)
      known += (known.empty() ? "" : ", ") + level.name;
    return makeError("accelerator '{}' has no component '{}'; it has {}",
                     spec.name, component.str(), known);
  }
  llvm::Expected<llvm::StringMap<double>> values =
      evaluateEnvironment(spec, point);
  if (!values)
    return values.takeError();
  const Level &level = accelerator.levels[*index];
  const LevelSpec &levelSpec = spec.levels[*index];
  const LevelCounts &levelCounts = counts.levels[*index];
  Traffic traffic(workload, accelerator, mapping, counts);
  Tracer tracer(spec, point, *values);
  Trace trace;
  trace.component = level.name;
  trace.source = levelSpec.source;
  auto add = [&](std::string formula, std::vector<TraceTerm::Factor> factors,
                 double scale) {
    TraceTerm term{std::move(formula), std::move(factors), 0};
    term.fj = product(term, scale);
    if (term.fj != 0)
      trace.terms.push_back(std::move(term));
  };
  switch (level.kind) {
  case LevelKind::Memory:
    add("read bits x read_fj_per_bit",
        {{"read bits", traffic[*index].readBits, "bit",
          "reads of all instances x bits of an element"},
         tracer.property(levelSpec, "read_fj_per_bit", level.readFjPerBit,
                         "fJ/bit")},
        1);
    add("written bits x write_fj_per_bit",
        {{"written bits", traffic[*index].writeBits, "bit",
          "fills and updates of all instances x bits of an element"},
         tracer.property(levelSpec, "write_fj_per_bit", level.writeFjPerBit,
                         "fJ/bit")},
        1);
    break;
  case LevelKind::Converter:
  case LevelKind::Compute:
    add(level.kind == LevelKind::Compute ? "macs x energy_fj"
                                         : "conversions x energy_fj",
        {eventsFactor(workload, level, levelCounts),
         tracer.property(levelSpec, "energy_fj", level.energyFj, "fJ")},
        1);
    break;
  case LevelKind::Fanout:
  case LevelKind::Component:
    break;
  }
  if (level.staticUw != 0) {
    TraceTerm::Factor power =
        tracer.property(levelSpec, "static_uw", level.staticUw, "uW");
    TraceTerm::Factor devices{"count", level.count, "", "devices a copy"};
    if (level.count != 1)
      devices = tracer.property(levelSpec, "count", level.count, "");
    switch (level.duty) {
    case Duty::PerCount: // 1 uW / GHz = 1 fJ
      add("static_uw / clock x " +
              eventsFactor(workload, level, levelCounts).what,
          {power,
           {"1 / clock", 1 / level.clockGhz, "ns", "a clock of the level"},
           eventsFactor(workload, level, levelCounts)},
          1);
      break;
    case Duty::PerStep: // 1 uW ns = 1 fJ
      add("static_uw x count x step x steps x instances",
          {power,
           devices,
           {"step", stepNs(accelerator), "ns", "a clock of the compute level"},
           {"steps", double(counts.computeCycles), "",
            "steps in which some copy works"},
           {"instances", double(levelCounts.instances), "",
            "copies that ever work"}},
          1);
      break;
    case Duty::Always: // 1 uW ps = 1e-3 fJ
      add("static_uw x count x copies x latency",
          {power,
           devices,
           {"copies", double(accelerator.copies(*index)), "",
            "all copies that exist"},
           {"latency", double(latencyPs), "ps", "of the layer"}},
          1e-3);
      break;
    }
  }
  double total = 0;
  for (const TraceTerm &term : trace.terms)
    total += term.fj;
  trace.energyFj = toInteger(total);
  trace.names = std::move(tracer.names);
  return trace;
}
