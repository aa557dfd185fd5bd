//===- Coverage.cpp - What becomes of ONNX's operators ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Frontend/ONNX/Coverage.h"
#include "ModelReader.h"
#include "Operators.h"
#include "Schemas.h"
#include "fmt/format.h"
#include <onnx/defs/schema.h>

using namespace ohas::onnx;
using llvm::StringRef;

/// What libonnx knows depends on its version; up to here all do. Later opsets
/// are in our own table.
static constexpr int newestOfLibonnx = 17;

StringRef ohas::onnx::name(ImportedAs how) {
  switch (how) {
  case ImportedAs::Photonic:
    return "photonic";
  case ImportedAs::Electronic:
    return "electronic";
  case ImportedAs::Structural:
    return "structural";
  case ImportedAs::Folded:
    return "folded";
  case ImportedAs::Unknown:
    return "unknown";
  }
  return "";
}

namespace {
struct Row {
  int64_t since = 0;   // 0: not of ONNX, any version
  int64_t removed = 0; // 0: still there
};
using Rows = std::map<std::pair<std::string, std::string>, Row>;
} // namespace

static Rows collectRows() {
  Rows rows;
  for (const auto &schema :
       ::onnx::OpSchemaRegistry::get_all_schemas_with_history()) {
    if (schema.SinceVersion() > newestOfLibonnx ||
        !isBuiltinDomain(schema.domain()))
      continue;
    auto [it, isNew] =
        rows.try_emplace({schema.domain(), schema.Name()}, Row());
    Row &row = it->second;
    int64_t since = schema.SinceVersion();
    if (schema.Deprecated()) {
      row.removed = row.removed ? std::min(row.removed, since) : since;
      continue;
    }
    row.since = row.since ? std::min(row.since, since) : since;
  }
  for (const NewerOperator &op : newerOperatorTable())
    if (op.isNew) {
      auto [domain, name] = StringRef(op.name).rsplit('.');
      if (name.empty())
        std::swap(domain, name);
      Row &row = rows[{domain.str(), name.str()}];
      if (!row.since || op.since < row.since)
        row.since = op.since;
    }
  for (const RemovedOperator &op : removedOperatorTable()) {
    auto [domain, name] = StringRef(op.name).rsplit('.');
    rows[{domain.str(), name.str()}].removed = op.since;
  }
  // Operators of ONNX Runtime and others that the importer knows.
  auto addKnown = [&](StringRef domain, StringRef name) {
    rows.try_emplace({domain.str(), name.str()}, Row());
  };
  inferTable().forEachName(addKnown);
  importTable().forEachName(addKnown);
  return rows;
}

static std::string describe(StringRef domain, StringRef op) {
  if (importTable().has(op, domain))
    return "photonic";
  if (isControlFlow(domain, op))
    return "structural";
  if (domain.empty() && (op == "Identity" || op == "Constant"))
    return "structural";
  return fmt::format("electronic: {}",
                     ohas::cost::name(operationClass(domain, op)).str());
}

void ohas::onnx::writeSupportedOperators(llvm::raw_ostream &os) {
  os << "# Operators that are imported\n\n"
        "Written by `ohas-opt --supported-onnx-ops` from the tables of "
        "`lib/Frontend/ONNX`.\n\n"
        "*Photonic*: its products become `optical.conv`, "
        "`optical.conv_transpose` or `optical.matmul`, the rest of it "
        "electronic operations; with operands whose shapes are not known, all "
        "of it is electronic, with a warning. *Electronic*: "
        "`optical.electronic` of that class. *Structural*: control flow, or "
        "handed on. Whatever the kind, a node whose value follows from shapes "
        "and constants is folded. Operators of other domains than these are "
        "electronic, with a warning; in the domains of ONNX, an operator "
        "outside its opsets is an error that says so.\n";
  std::string last = "?";
  for (const auto &[key, row] : collectRows()) {
    const auto &[domain, op] = key;
    if (domain != last)
      os << "\n## " << (domain.empty() ? std::string("ONNX (ai.onnx)") : domain)
         << "\n\n| Operator | Opsets | Imported as |\n|---|---|---|\n";
    last = domain;
    std::string opsets = "any";
    if (row.since && row.removed)
      opsets =
          fmt::format("{} to {}; removed since", row.since, row.removed - 1);
    else if (row.since)
      opsets = fmt::format("since {}", row.since);
    os << "| " << op << " | " << opsets << " | " << describe(domain, op)
       << " |\n";
  }
}
