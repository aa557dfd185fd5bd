//===- Csv.cpp - Reports as CSV, a line a layer -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "fmt/format.h"
#include "ohas/Report/Report.h"

using namespace ohas;
using namespace ohas::report;

/// RFC 4180: fields with separators are quoted, quotes doubled.
static std::string field(llvm::StringRef text) {
  if (text.find_first_of(",\"\r\n") == llvm::StringRef::npos)
    return text.str();
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"')
      quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void report::writeCsv(const Report &report, llvm::raw_ostream &os) {
  os << "model,layer,op,count,N,G,M,C,P,Q,R,S,D,T,macs,latency_ps,energy_fj,"
        "bound_by\n";
  for (const Model &model : report.models)
    for (const Layer &layer : model.layers) {
      os << fmt::format("{},{},{},{}", field(model.name), field(layer.name),
                        field(layer.op), layer.count);
      for (cost::Dim dim : cost::allDims)
        os << (layer.photonic ? fmt::format(",{}", layer.workload.size(dim))
                              : ",");
      os << fmt::format(",{},{},{},{}\n", layer.cost.macs, layer.cost.latencyPs,
                        layer.cost.energyFj, field(layer.cost.boundBy));
    }
}
