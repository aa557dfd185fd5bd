//===- Precision.cpp - What finite bits did to a network --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Report/Precision.h"
#include "fmt/format.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include <cmath>

using namespace ohas;
using namespace ohas::cost;

static std::string decibels(double db) {
  if (std::isnan(db))
    return "no number";
  if (std::isinf(db))
    return db > 0 ? "exact" : "no signal";
  return fmt::format("{:.2f}", db);
}

/// "8/8/6": weight, input and output converters, "-" where none is digital.
static std::string bitsOf(const LayerPrecision &layer) {
  std::array<unsigned, numTensors> bits = {};
  for (const ConverterPrecision &converter : layer.converters)
    if (unsigned own = converter.bits) {
      unsigned &least = bits[index(converter.tensor)];
      least = least ? std::min(least, own) : own;
    }
  std::string text;
  for (Tensor tensor : allTensors) {
    unsigned own = bits[index(tensor)];
    text += (text.empty() ? "" : "/") + (own ? std::to_string(own) : "-");
  }
  return text;
}

static std::string saturation(const LayerPrecision &layer) {
  double share = layer.saturated();
  if (share == 0)
    return "";
  return share < 1e-4 ? "  <0.01 % saturate"
                      : fmt::format("  {:.2f} % saturate", share * 100);
}

/// The end of a name, which tells it from others, in as much room as there is.
static std::string elided(llvm::StringRef name) {
  constexpr size_t room = 36;
  return name.size() <= room ? name.str()
                             : "..." + name.take_back(room - 3).str();
}

static void printLayers(const NetworkPrecision &network,
                        llvm::raw_ostream &os) {
  os << fmt::format("  {:<36}{:>10}{:>12}{:>14}{:>10}{:>10}\n", "layer", "bits",
                    "products", "conversions", "SQNR dB", "formula");
  for (const LayerPrecision &layer : network.layers)
    os << fmt::format(
        "  {:<36}{:>10}{:>12.1f}{:>14.2f}{:>10}{:>10}{}\n", elided(layer.name),
        bitsOf(layer), layer.productsPerOutput, layer.conversionsPerOutput(),
        layer.outputs > 0 ? decibels(layer.measuredDb()) : "not run",
        layer.outputs > 0 ? decibels(layer.predictedDb()) : "not run",
        saturation(layer));
  os << "  (bits of weight/input/output converters; products and conversions "
        "to digital of an output)\n\n";
}

static void printOutput(const NetworkPrecision &network,
                        const OutputPrecision &output, llvm::raw_ostream &os) {
  double db = ratioDb(output.signal, output.noise);
  os << fmt::format("  {:<36}{:>10}{:>10}{}\n", output.name,
                    network.bits ? fmt::format("{} bits", network.bits) : "",
                    decibels(db), std::isfinite(db) ? " dB" : "");
}

void report::writePrecisionText(const Precision &precision,
                                llvm::raw_ostream &os) {
  os << fmt::format("Precision of {} on {}\n", precision.model,
                    precision.accelerator);
  if (precision.runs.front().layers.empty())
    os << "  no contraction runs on converters\n";
  else if (precision.runs.size() == 1)
    printLayers(precision.runs.front(), os);
  for (const NetworkPrecision &network : precision.runs)
    for (const OutputPrecision &output : network.outputs)
      printOutput(network, output, os);
}

/// What is infinite, or no number, has none in JSON.
static llvm::json::Value number(double value) {
  if (!std::isfinite(value))
    return nullptr;
  return value;
}

static void writeConverter(llvm::json::OStream &json,
                           const ConverterPrecision &converter) {
  json.object([&] {
    json.attribute("level", converter.level);
    json.attribute("tensor", name(converter.tensor));
    json.attribute("bits", converter.bits);
    json.attribute("low", number(converter.resolution.low));
    json.attribute("high", number(converter.resolution.high));
    json.attribute("step", number(converter.resolution.step));
    json.attribute("sigma", number(converter.sigma));
    json.attribute("elements", converter.elements);
    json.attribute("nonzeros", converter.nonzeros);
    json.attribute("off_levels", converter.offLevels);
    json.attribute("least", number(converter.least));
    json.attribute("most", number(converter.most));
    json.attribute("beyond", converter.beyond);
  });
}

static void writeLayer(llvm::json::OStream &json, const LayerPrecision &layer) {
  json.object([&] {
    json.attribute("name", layer.name);
    json.attribute("products_per_output", layer.productsPerOutput);
    json.attribute("conversions_per_output", layer.conversionsPerOutput());
    json.attribute("outputs", layer.outputs);
    json.attribute("signal", number(layer.signal));
    json.attribute("noise", number(layer.noise));
    json.attribute("sqnr_db", number(layer.measuredDb()));
    json.attribute("formula_db", number(layer.predictedDb()));
    json.attributeArray("converters", [&] {
      for (const ConverterPrecision &converter : layer.converters)
        writeConverter(json, converter);
    });
  });
}

void report::writePrecisionJson(const Precision &precision,
                                llvm::raw_ostream &os) {
  llvm::json::OStream json(os, 2);
  json.object([&] {
    json.attribute("schema", "ohas.precision/1");
    json.attribute("model", precision.model);
    json.attribute("accelerator", precision.accelerator);
    json.attributeObject("options", [&] {
      for (const auto &option : precision.options)
        json.attribute(option.first, option.second);
    });
    json.attributeArray("runs", [&] {
      for (const NetworkPrecision &network : precision.runs)
        json.object([&] {
          json.attribute("bits", network.bits ? llvm::json::Value(network.bits)
                                              : llvm::json::Value(nullptr));
          json.attributeArray("outputs", [&] {
            for (const OutputPrecision &output : network.outputs)
              json.object([&] {
                json.attribute("name", output.name);
                json.attribute("signal", number(output.signal));
                json.attribute("noise", number(output.noise));
                json.attribute("sqnr_db",
                               number(ratioDb(output.signal, output.noise)));
              });
          });
          json.attributeArray("layers", [&] {
            for (const LayerPrecision &layer : network.layers)
              writeLayer(json, layer);
          });
        });
    });
  });
  os << '\n';
}
