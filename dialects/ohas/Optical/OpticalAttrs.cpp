//===- OpticalAttrs.cpp - Assembly and checks of the attributes -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

//===----------------------------------------------------------------------===//
// Mapping
//===----------------------------------------------------------------------===//

static ParseResult parseLoops(AsmParser &parser,
                              SmallVectorImpl<cost::Loop> &loops) {
  return parser.parseCommaSeparatedList(
      AsmParser::Delimiter::OptionalSquare, [&]() -> ParseResult {
        SMLoc location = parser.getCurrentLocation();
        StringRef name;
        int64_t bound;
        if (parser.parseKeyword(&name) || parser.parseColon() ||
            parser.parseInteger(bound))
          return failure();
        std::optional<cost::Dim> dim = cost::parseDim(name);
        if (!dim)
          return parser.emitError(location)
                 << "unknown dim '" << name
                 << "'; the dims are N, G, M, C, P, Q, R, S, D, T";
        loops.push_back({*dim, bound});
        return success();
      });
}

/// @level [keeps tensors [stays tensors]] [loops]; says if a comma after the
/// tensors belongs to an enclosing list.
static LevelMappingAttr parseLevel(AsmParser &parser, bool &trailingComma) {
  SMLoc location = parser.getCurrentLocation();
  StringAttr level;
  cost::TensorSet kept, resident;
  SmallVector<cost::Loop> loops;
  trailingComma = false;
  if (parser.parseSymbolName(level) ||
      (succeeded(parser.parseOptionalKeyword("keeps")) &&
       failed(parseTensors(parser, kept, trailingComma))) ||
      (!trailingComma && succeeded(parser.parseOptionalKeyword("stays")) &&
       failed(parseTensors(parser, resident, trailingComma))) ||
      (!trailingComma && failed(parseLoops(parser, loops))))
    return {};
  return LevelMappingAttr::getChecked(
      [&] { return parser.emitError(location); }, parser.getContext(), level,
      kept, resident, ArrayRef<cost::Loop>(loops));
}

static void printLevel(AsmPrinter &printer, LevelMappingAttr level) {
  printer.printSymbolName(level.getLevel());
  if (!level.getKept().empty()) {
    printer << " keeps ";
    printTensors(printer, level.getKept());
  }
  if (!level.getResident().empty()) {
    printer << " stays ";
    printTensors(printer, level.getResident());
  }
  if (!level.getLoops().empty()) {
    printer << " [";
    llvm::interleaveComma(level.getLoops(), printer, [&](cost::Loop loop) {
      printer << cost::name(loop.dim) << ':' << loop.bound;
    });
    printer << ']';
  }
}

Attribute LevelMappingAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  bool trailingComma;
  LevelMappingAttr level = parseLevel(parser, trailingComma);
  if (!level || parser.parseGreater())
    return {};
  return level;
}

void LevelMappingAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printLevel(printer, *this);
  printer << '>';
}

LogicalResult
LevelMappingAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         StringAttr level, cost::TensorSet kept,
                         cost::TensorSet resident, ArrayRef<cost::Loop> loops) {
  if (!resident.isSubsetOf(kept))
    return emitError() << "what stays at @" << level.getValue()
                       << " must be among what it keeps";
  for (const cost::Loop &loop : loops)
    if (loop.bound < 1)
      return emitError() << "bound " << loop.bound << " of dim '"
                         << cost::name(loop.dim) << "' at @" << level.getValue()
                         << " must be positive";
  return success();
}

Attribute MappingAttr::parse(AsmParser &parser, Type) {
  SMLoc location = parser.getCurrentLocation();
  StringAttr accelerator;
  SmallVector<LevelMappingAttr> levels;
  if (parser.parseLess() || parser.parseSymbolName(accelerator) ||
      parser.parseComma() || parser.parseLSquare())
    return {};
  if (failed(parser.parseOptionalRSquare())) {
    bool more = true;
    while (more) {
      LevelMappingAttr level = parseLevel(parser, more);
      if (!level)
        return {};
      levels.push_back(level);
      more = more || succeeded(parser.parseOptionalComma());
    }
    if (parser.parseRSquare())
      return {};
  }
  if (parser.parseGreater())
    return {};
  return MappingAttr::getChecked(
      [&] { return parser.emitError(location); }, parser.getContext(),
      FlatSymbolRefAttr::get(accelerator), ArrayRef<LevelMappingAttr>(levels));
}

void MappingAttr::print(AsmPrinter &printer) const {
  printer << '<' << getAccelerator() << ", [";
  llvm::interleaveComma(getLevels(), printer, [&](LevelMappingAttr level) {
    printLevel(printer, level);
  });
  printer << "]>";
}

LogicalResult MappingAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  FlatSymbolRefAttr accelerator,
                                  ArrayRef<LevelMappingAttr> levels) {
  llvm::StringSet<> seen;
  for (LevelMappingAttr level : levels)
    if (!seen.insert(level.getLevel().getValue()).second)
      return emitError() << "level @" << level.getLevel().getValue()
                         << " is mapped twice";
  return success();
}

//===----------------------------------------------------------------------===//
// Cost
//===----------------------------------------------------------------------===//

/// name = integer, for each of `fields` in any order; the rest is the caller's.
Attribute CostAttr::parse(AsmParser &parser, Type) {
  SMLoc start = parser.getCurrentLocation();
  static constexpr StringLiteral names[] = {"latency_ps", "energy_fj", "cycles",
                                            "macs"};
  std::optional<int64_t> values[4];
  StringAttr boundBy;
  DictionaryAttr breakdown;
  auto parseField = [&]() -> ParseResult {
    SMLoc location = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name) || parser.parseEqual())
      return failure();
    if (name == "bound_by" && !boundBy)
      return parser.parseAttribute(boundBy);
    if (name == "breakdown" && !breakdown)
      return parser.parseAttribute(breakdown);
    const auto *known = llvm::find(names, name);
    if (known == std::end(names) || values[known - names])
      return parser.emitError(location)
             << "unexpected field '" << name
             << "'; the fields are latency_ps, energy_fj, cycles, macs, "
                "bound_by and breakdown, each once";
    return parser.parseInteger(values[known - names].emplace());
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseField))
    return {};
  for (auto [name, value] : llvm::zip_equal(names, values))
    if (!value) {
      parser.emitError(start) << "missing field '" << name << "'";
      return {};
    }
  return CostAttr::getChecked([&] { return parser.emitError(start); },
                              parser.getContext(), *values[0], *values[1],
                              *values[2], *values[3], boundBy, breakdown);
}

void CostAttr::print(AsmPrinter &printer) const {
  printer << "<latency_ps = " << getLatencyPs()
          << ", energy_fj = " << getEnergyFj() << ", cycles = " << getCycles()
          << ", macs = " << getMacs();
  if (getBoundBy())
    printer << ", bound_by = " << getBoundBy();
  if (getBreakdown()) {
    printer << ", breakdown = {";
    llvm::interleaveComma(getBreakdown(), printer, [&](NamedAttribute entry) {
      printer.printKeywordOrString(entry.getName());
      printer << " = ";
      printer.printAttributeWithoutType(entry.getValue());
    });
    printer << '}';
  }
  printer << '>';
}

LogicalResult CostAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               int64_t latencyPs, int64_t energyFj,
                               int64_t cycles, int64_t macs, StringAttr boundBy,
                               DictionaryAttr breakdown) {
  if (latencyPs < 0 || energyFj < 0 || cycles < 0 || macs < 0)
    return emitError() << "a cost must not be negative";
  if (!breakdown)
    return success();
  int64_t sum = 0;
  for (NamedAttribute entry : breakdown) {
    auto share = dyn_cast<IntegerAttr>(entry.getValue());
    if (!share || !share.getType().isSignlessInteger(64))
      return emitError() << "breakdown of '" << entry.getName().getValue()
                         << "' must be an integer of 64 bits";
    if (share.getInt() < 0)
      return emitError() << "breakdown of '" << entry.getName().getValue()
                         << "' must not be negative";
    // As the cost model: what exceeds the range stays at its end.
    if (llvm::AddOverflow(sum, share.getInt(), sum))
      sum = INT64_MAX;
  }
  if (sum != energyFj)
    return emitError() << "breakdown sums to " << sum << ", energy_fj is "
                       << energyFj;
  return success();
}

//===----------------------------------------------------------------------===//
// Design point
//===----------------------------------------------------------------------===//

Attribute DesignPointAttr::parse(AsmParser &parser, Type) {
  SMLoc start = parser.getCurrentLocation();
  DictionaryAttr knobs, overrides;
  StringAttr devices;
  auto parseField = [&]() -> ParseResult {
    SMLoc location = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name) || parser.parseEqual())
      return failure();
    if (name == "knobs" && !knobs)
      return parseNumberDict(parser, knobs);
    if (name == "devices" && !devices)
      return parser.parseAttribute(devices);
    if (name == "overrides" && !overrides)
      return parseNumberDict(parser, overrides);
    return parser.emitError(location)
           << "unexpected field '" << name
           << "'; the fields are knobs, devices and overrides, each once";
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseField))
    return {};
  return DesignPointAttr::getChecked([&] { return parser.emitError(start); },
                                     parser.getContext(), knobs, devices,
                                     overrides);
}

void DesignPointAttr::print(AsmPrinter &printer) const {
  StringRef separator = "";
  auto field = [&](StringRef name) -> AsmPrinter & {
    printer << separator << name << " = ";
    separator = ", ";
    return printer;
  };
  printer << '<';
  if (getKnobs())
    printNumberDict(field("knobs"), getKnobs());
  if (getDevices())
    field("devices") << getDevices();
  if (getOverrides())
    printNumberDict(field("overrides"), getOverrides());
  printer << '>';
}

LogicalResult
DesignPointAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        DictionaryAttr knobs, StringAttr devices,
                        DictionaryAttr overrides) {
  for (DictionaryAttr numbers : {knobs, overrides})
    for (NamedAttribute entry :
         numbers ? numbers.getValue() : ArrayRef<NamedAttribute>()) {
      auto number = dyn_cast<FloatAttr>(entry.getValue());
      if (!number || !number.getType().isF64() || !number.getValue().isFinite())
        return emitError() << "value of '" << entry.getName().getValue()
                           << "' must be a finite 64-bit float";
    }
  return success();
}
