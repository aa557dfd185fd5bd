//===- Json.cpp - Reports as JSON, schema ohas.report/1 ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Keys may be added, never renamed: scripts outside depend on them.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/JSON.h"
#include "DeviceSets.h"
#include "Knobs.h"
#include "SearchSection.h"
#include "ohas/Report/Report.h"

using namespace ohas;
using namespace ohas::report;
using llvm::json::OStream;

static void writeBreakdown(OStream &json, llvm::StringRef key,
                           const cost::Breakdown &breakdown,
                           double perUnit = 1) {
  json.attributeObject(key, [&] {
    for (const cost::Share &share : breakdown)
      if (perUnit == 1)
        json.attribute(share.component, share.value);
      else
        json.attribute(share.component, double(share.value) / perUnit);
  });
}

static void writeTotals(OStream &json, const Report &report,
                        const Totals &totals) {
  json.attributeObject("totals", [&] {
    json.attribute("latency_ps", totals.latencyPs);
    json.attribute("energy_fj", totals.energyFj);
    json.attribute("edp_js", totals.edpJs());
    json.attribute("area_um2", report.footprint.areaUm2);
    json.attribute("peak_power_mw", double(report.footprint.peakPowerUw) / 1e3);
    json.attribute("average_power_mw", totals.averagePowerMw());
    json.attribute("macs", totals.macs);
    json.attribute("utilization", totals.utilization);
    json.attribute("electronic_ps", totals.electronicPs);
    json.attribute("hidden_ps", totals.hiddenPs);
  });
}

/// A mapping in the shape that the count cases use: memories list `temporal`
/// loops, fan-outs `spatial` ones, outermost first.
static void writeMapping(OStream &json, const Report &report,
                         const cost::Mapping &mapping) {
  json.attributeArray("mapping", [&] {
    for (unsigned i = 0; i < mapping.levels.size(); ++i) {
      bool memory = report.levelKinds[i] == cost::LevelKind::Memory;
      if (!memory && report.levelKinds[i] != cost::LevelKind::Fanout)
        continue;
      json.object([&] {
        json.attribute("level", report.levels[i]);
        if (memory)
          json.attributeArray("keeps", [&] {
            for (cost::Tensor tensor : cost::allTensors)
              if (mapping.levels[i].kept.contains(tensor))
                json.value(cost::name(tensor));
          });
        if (!mapping.levels[i].resident.empty())
          json.attributeArray("stays", [&] {
            for (cost::Tensor tensor : cost::allTensors)
              if (mapping.levels[i].resident.contains(tensor))
                json.value(cost::name(tensor));
          });
        json.attributeArray(memory ? "temporal" : "spatial", [&] {
          for (const cost::Loop &loop : mapping.levels[i].loops)
            json.array([&] {
              json.value(cost::name(loop.dim));
              json.value(loop.bound);
            });
        });
      });
    }
  });
}

static void writeCounts(OStream &json, const Report &report,
                        const Layer &layer) {
  json.attributeObject("counts", [&] {
    for (unsigned i = 0; i < layer.counts.levels.size(); ++i) {
      const cost::LevelCounts &level = layer.counts.levels[i];
      if (report.levelKinds[i] == cost::LevelKind::Memory) {
        json.attributeObject(report.levels[i], [&] {
          for (cost::Tensor tensor : cost::allTensors) {
            if (!layer.mapping.levels[i].kept.contains(tensor))
              continue;
            const cost::TensorCounts &counts =
                level.tensors[cost::index(tensor)];
            json.attributeObject(cost::name(tensor), [&] {
              json.attribute("reads", counts.reads);
              json.attribute("fills", counts.fills);
              json.attribute("updates", counts.updates);
            });
          }
        });
      } else if (report.levelKinds[i] == cost::LevelKind::Converter) {
        json.attributeObject(report.levels[i], [&] {
          json.attributeObject(cost::name(report.converterTensors[i]), [&] {
            json.attribute("conversions", level.conversions);
          });
        });
      }
    }
  });
}

static void writeLayer(OStream &json, const Report &report, const Model &model,
                       const Layer &layer) {
  json.object([&] {
    if (report.models.size() > 1)
      json.attribute("model", model.name);
    json.attribute("name", layer.name);
    json.attribute("op", layer.op);
    if (layer.photonic)
      json.attributeObject("dims", [&] {
        for (cost::Dim dim : cost::allDims) {
          int64_t size = layer.workload.size(dim);
          bool depth = dim == cost::Dim::D || dim == cost::Dim::T;
          if (!depth || size != 1)
            json.attribute(cost::name(dim), size);
        }
      });
    json.attribute("count", layer.count);
    json.attribute("macs", layer.cost.macs);
    if (layer.photonic && !layer.mapping.levels.empty())
      writeMapping(json, report, layer.mapping);
    if (layer.photonic && !layer.mapping.levels.empty())
      json.attribute("proven_optimal", layer.provenOptimal);
    json.attribute("latency_ps", layer.cost.latencyPs);
    json.attribute("energy_fj", layer.cost.energyFj);
    if (layer.photonic)
      json.attribute("utilization", report.utilization(layer));
    json.attribute("bound_by", layer.cost.boundBy);
    if (layer.cost.hiddenPs)
      json.attribute("hidden_ps", layer.cost.hiddenPs);
    writeBreakdown(json, "breakdown", layer.cost.energyBreakdownFj);
    if (layer.photonic && !layer.counts.levels.empty())
      writeCounts(json, report, layer);
  });
}

static void writeProof(OStream &json, const Model &model) {
  if (!model.boundGap)
    return;
  json.attribute("bound_gap", *model.boundGap);
  json.attribute("proven_optimal", model.isProvenOptimal());
}

static void writeModel(OStream &json, const Model &model) {
  json.attributeObject("model", [&] {
    json.attribute("name", model.name);
    json.attribute("macs", model.macs);
    json.attribute("parameters", model.parameters);
    json.attribute("layers", int64_t(model.layers.size()));
    writeProof(json, model);
    json.attributeArray("warnings", [&] {
      for (const std::string &warning : model.warnings)
        json.value(warning);
    });
  });
}

void report::writeJson(const Report &report, llvm::raw_ostream &os) {
  OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "ohas.report/1");
    if (!report.models.empty())
      writeModel(json, report.models.front());
    json.attributeObject("accelerator", [&] {
      json.attribute("name", report.accelerator);
      json.attribute("title", report.acceleratorTitle);
      json.attribute("source", report.source);
      writeKnobs(json, "knobs", report.knobs);
      json.attribute("devices", report.deviceSet);
      json.attribute("devices_source", report.deviceSetSource);
      writeKnobs(json, "device_overrides", report.deviceOverrides);
    });
    json.attribute("objective", report.objective);
    json.attribute("reading", report.reading);
    Totals totals = report.totals();
    writeTotals(json, report, totals);
    json.attributeObject("breakdown", [&] {
      writeBreakdown(json, "energy_fj", totals.energyBreakdownFj);
      if (report.reading == "mapped")
        writeBreakdown(json, "energy_by_kind_fj", report.energyByKind(totals));
      writeBreakdown(json, "area_um2", report.footprint.areaBreakdownUm2);
      writeBreakdown(json, "peak_power_mw",
                     report.footprint.peakPowerBreakdownUw, 1e3);
    });
    json.attributeObject("feasibility", [&] {
      json.attribute("ok", report.infeasibilities.empty());
      json.attributeArray("reasons", [&] {
        for (const std::string &reason : report.infeasibilities)
          json.value(reason);
      });
      json.attributeArray("suggestions", [&] {
        for (const std::string &suggestion : report.suggestions)
          json.value(suggestion);
      });
    });
    if (report.models.size() > 1)
      json.attributeArray("models", [&] {
        for (const Model &model : report.models)
          json.object([&] {
            json.attribute("name", model.name);
            json.attribute("weight", model.weight);
            json.attribute("macs", model.macs);
            json.attribute("layers", int64_t(model.layers.size()));
            writeProof(json, model);
            writeTotals(json, report, report.totals(model));
          });
      });
    json.attributeArray("layers", [&] {
      for (const Model &model : report.models)
        for (const Layer &layer : model.layers)
          writeLayer(json, report, model, layer);
    });
    writeSearch(report, json);
    writeDeviceSets(report, json);
  });
  os << '\n';
}
