//===- Assembly.cpp - Numbers, tensors and dictionaries as text -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "mlir/IR/Builders.h"
#include <fmt/format.h>

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

ParseResult ohas::optical::parseDouble(AsmParser &parser, double &value) {
  bool negative = succeeded(parser.parseOptionalMinus());
  APInt whole;
  OptionalParseResult isWhole = parser.parseOptionalDecimalInteger(whole);
  if (isWhole.has_value()) {
    if (failed(*isWhole))
      return failure();
    value = whole.roundToDouble(/*isSigned=*/true);
  } else if (parser.parseFloat(value)) {
    return failure();
  }
  if (negative)
    value = -value;
  return success();
}

std::string ohas::optical::formatDouble(double value) {
  std::string text = fmt::format("{}", value);
  // MLIR reads an exponent only after a fraction.
  size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos)
    text.insert(exponent, ".0");
  return text;
}

ParseResult ohas::optical::parseNumberDict(AsmParser &parser,
                                           DictionaryAttr &numbers) {
  NamedAttrList list;
  auto parseEntry = [&]() -> ParseResult {
    SMLoc location = parser.getCurrentLocation();
    std::string name;
    double value;
    if (parser.parseKeywordOrString(&name) || parser.parseEqual() ||
        parseDouble(parser, value))
      return failure();
    if (list.get(name))
      return parser.emitError(location) << "'" << name << "' is given twice";
    list.append(name, parser.getBuilder().getF64FloatAttr(value));
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces, parseEntry))
    return failure();
  numbers = list.getDictionary(parser.getContext());
  return success();
}

void ohas::optical::printNumberDict(AsmPrinter &printer,
                                    DictionaryAttr numbers) {
  printer << '{';
  llvm::interleaveComma(numbers, printer, [&](NamedAttribute entry) {
    printer.printKeywordOrString(entry.getName());
    printer << " = ";
    auto number = dyn_cast<FloatAttr>(entry.getValue());
    if (number && number.getType().isF64())
      printer << formatDouble(number.getValueAsDouble());
    else
      printer << entry.getValue();
  });
  printer << '}';
}

ParseResult ohas::optical::parseTensors(AsmParser &parser,
                                        cost::TensorSet &tensors,
                                        bool &trailingComma) {
  trailingComma = false;
  do {
    SMLoc location = parser.getCurrentLocation();
    StringRef name;
    if (trailingComma) {
      if (failed(parser.parseOptionalKeyword(&name)))
        return success();
    } else if (parser.parseKeyword(&name)) {
      return failure();
    }
    std::optional<cost::Tensor> tensor = cost::parseTensor(name);
    if (!tensor)
      return parser.emitError(location)
             << "unknown tensor '" << name
             << "'; the tensors are weight, input, output";
    if (tensors.contains(*tensor))
      return parser.emitError(location) << "'" << name << "' is given twice";
    tensors.insert(*tensor);
    trailingComma = succeeded(parser.parseOptionalComma());
  } while (trailingComma);
  return success();
}

void ohas::optical::printTensors(AsmPrinter &printer, cost::TensorSet tensors) {
  StringRef separator = "";
  for (cost::Tensor tensor : cost::allTensors)
    if (tensors.contains(tensor)) {
      printer << separator << cost::name(tensor);
      separator = ", ";
    }
}

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

ParseResult ohas::optical::parseNumber(AsmParser &parser, FloatAttr &number) {
  double value;
  if (parseDouble(parser, value))
    return failure();
  number = parser.getBuilder().getF64FloatAttr(value);
  return success();
}

void ohas::optical::printNumber(AsmPrinter &printer, Operation *,
                                FloatAttr number) {
  printer << formatDouble(number.getValueAsDouble());
}

ParseResult ohas::optical::parseNumbers(AsmParser &parser,
                                        DenseF64ArrayAttr &numbers) {
  SmallVector<double> values;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parseDouble(parser, values.emplace_back());
      }))
    return failure();
  numbers = parser.getBuilder().getDenseF64ArrayAttr(values);
  return success();
}

void ohas::optical::printNumbers(AsmPrinter &printer, Operation *,
                                 DenseF64ArrayAttr numbers) {
  printer << '[';
  llvm::interleaveComma(numbers.asArrayRef(), printer,
                        [&](double value) { printer << formatDouble(value); });
  printer << ']';
}

/// Names of tensors or dims: words, strings as well.
ParseResult ohas::optical::parseNames(AsmParser &parser, ArrayAttr &names) {
  SmallVector<Attribute> list;
  if (parser.parseCommaSeparatedList([&]() -> ParseResult {
        std::string name;
        if (parser.parseKeywordOrString(&name))
          return failure();
        list.push_back(parser.getBuilder().getStringAttr(name));
        return success();
      }))
    return failure();
  names = parser.getBuilder().getArrayAttr(list);
  return success();
}

void ohas::optical::printNames(AsmPrinter &printer, Operation *,
                               ArrayAttr names) {
  llvm::interleaveComma(names, printer, [&](Attribute name) {
    printer.printKeywordOrString(cast<StringAttr>(name).getValue());
  });
}

ParseResult ohas::optical::parseNameList(AsmParser &parser, ArrayAttr &names) {
  if (parser.parseLSquare())
    return failure();
  if (succeeded(parser.parseOptionalRSquare())) {
    names = parser.getBuilder().getArrayAttr({});
    return success();
  }
  return failure(parseNames(parser, names) || parser.parseRSquare());
}

void ohas::optical::printNameList(AsmPrinter &printer, Operation *op,
                                  ArrayAttr names) {
  printer << '[';
  printNames(printer, op, names);
  printer << ']';
}

ParseResult ohas::optical::parseInteger(AsmParser &parser,
                                        IntegerAttr &integer) {
  int64_t value;
  if (parser.parseInteger(value))
    return failure();
  integer = parser.getBuilder().getI64IntegerAttr(value);
  return success();
}

void ohas::optical::printInteger(AsmPrinter &printer, Operation *,
                                 IntegerAttr integer) {
  printer << integer.getInt();
}

ParseResult ohas::optical::parseIntegers(AsmParser &parser,
                                         DenseI64ArrayAttr &integers) {
  SmallVector<int64_t> values;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parser.parseInteger(values.emplace_back());
      }))
    return failure();
  integers = parser.getBuilder().getDenseI64ArrayAttr(values);
  return success();
}

void ohas::optical::printIntegers(AsmPrinter &printer, Operation *,
                                  DenseI64ArrayAttr integers) {
  printer << '[';
  llvm::interleaveComma(integers.asArrayRef(), printer);
  printer << ']';
}
