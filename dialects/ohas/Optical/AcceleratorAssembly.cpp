//===- AcceleratorAssembly.cpp - Devices and fan-outs as text ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

/// Either one value or {device set = value, ...}.
ParseResult ohas::optical::parseDeviceValues(AsmParser &parser,
                                             FloatAttr &value,
                                             DictionaryAttr &values) {
  // A brace can only open the dictionary; parseOptional* has no peek.
  if (succeeded(parser.parseOptionalLBrace())) {
    NamedAttrList list;
    auto parseEntry = [&]() -> ParseResult {
      SMLoc location = parser.getCurrentLocation();
      std::string name;
      FloatAttr number;
      if (parser.parseKeywordOrString(&name) || parser.parseEqual() ||
          parseNumber(parser, number))
        return failure();
      if (list.get(name))
        return parser.emitError(location) << "'" << name << "' is given twice";
      list.append(name, number);
      return success();
    };
    if (parser.parseCommaSeparatedList(parseEntry) || parser.parseRBrace())
      return failure();
    values = list.getDictionary(parser.getContext());
    return success();
  }
  return parseNumber(parser, value);
}

void ohas::optical::printDeviceValues(AsmPrinter &printer, Operation *op,
                                      FloatAttr value, DictionaryAttr values) {
  if (values)
    printNumberDict(printer, values);
  else if (value)
    printNumber(printer, op, value);
}

/// weight broadcast wired, input window, ...: nothing is fine.
OptionalParseResult
ohas::optical::parseDeliveries(AsmParser &parser, FanoutModeAttr &weight,
                               FanoutModeAttr &input, FanoutModeAttr &output,
                               UnitAttr &weightWired, UnitAttr &inputWired,
                               UnitAttr &outputWired) {
  FanoutModeAttr *modes[] = {&weight, &input, &output};
  UnitAttr *wired[] = {&weightWired, &inputWired, &outputWired};
  bool any = false;
  do {
    SMLoc location = parser.getCurrentLocation();
    StringRef tensor, mode;
    if (failed(parser.parseOptionalKeyword(&tensor,
                                           {"weight", "input", "output"}))) {
      if (!any)
        return std::nullopt;
      return parser.emitError(location, "expected weight, input or output");
    }
    any = true;
    unsigned which = cost::index(*cost::parseTensor(tensor));
    if (*modes[which])
      return parser.emitError(location) << "'" << tensor << "' is given twice";
    SMLoc modeLocation = parser.getCurrentLocation();
    if (parser.parseKeyword(&mode))
      return failure();
    std::optional<FanoutMode> parsed = symbolizeFanoutMode(mode);
    if (!parsed)
      return parser.emitError(modeLocation)
             << "unknown mode '" << mode
             << "'; the modes are private, broadcast, window, sum";
    *modes[which] = FanoutModeAttr::get(parser.getContext(), *parsed);
    if (succeeded(parser.parseOptionalKeyword("wired")))
      *wired[which] = parser.getBuilder().getUnitAttr();
  } while (succeeded(parser.parseOptionalComma()));
  return success();
}

void ohas::optical::printDeliveries(AsmPrinter &printer, Operation *,
                                    FanoutModeAttr weight, FanoutModeAttr input,
                                    FanoutModeAttr output, UnitAttr weightWired,
                                    UnitAttr inputWired, UnitAttr outputWired) {
  StringRef separator = "";
  auto print = [&](cost::Tensor tensor, FanoutModeAttr mode, UnitAttr wired) {
    if (!mode)
      return;
    printer << separator << cost::name(tensor) << ' '
            << stringifyFanoutMode(mode.getValue()) << (wired ? " wired" : "");
    separator = ", ";
  };
  print(cost::Tensor::Weight, weight, weightWired);
  print(cost::Tensor::Input, input, inputWired);
  print(cost::Tensor::Output, output, outputWired);
}
