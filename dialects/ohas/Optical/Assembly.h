//===- Assembly.h - Pieces of the custom assembly ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// The custom directives of the assembly formats, and the pieces that attributes
// share with them.

#ifndef OHAS_OPTICAL_ASSEMBLY_H
#define OHAS_OPTICAL_ASSEMBLY_H

#include "ohas/Optical/Optical.h"

namespace ohas::optical {

/// `text` written without quotes, if it can be: spaced in the one way that
/// reads back as the same text. Empty otherwise.
std::string plainExpression(llvm::StringRef text);

/// An expression, unquoted or as a string.
mlir::ParseResult parseExpression(mlir::AsmParser &parser,
                                  mlir::StringAttr &expression);
void printExpression(mlir::AsmPrinter &printer, mlir::StringAttr expression);

/// {name = expression, ...}
mlir::ParseResult parseExpressionDict(mlir::AsmParser &parser,
                                      mlir::DictionaryAttr &expressions);

/// A number, with or without a fraction, printed as short as it reads back.
mlir::ParseResult parseDouble(mlir::AsmParser &parser, double &value);
std::string formatDouble(double value);

/// {name = number, ...} with F64 values.
mlir::ParseResult parseNumberDict(mlir::AsmParser &parser,
                                  mlir::DictionaryAttr &numbers);
void printNumberDict(mlir::AsmPrinter &printer, mlir::DictionaryAttr numbers);

/// weight, input, ...: whatever follows a comma that is no tensor is left to
/// the caller, who learns of the comma from `trailingComma`.
mlir::ParseResult parseTensors(mlir::AsmParser &parser,
                               cost::TensorSet &tensors, bool &trailingComma);
void printTensors(mlir::AsmPrinter &printer, cost::TensorSet tensors);

//===----------------------------------------------------------------------===//
// Directives of the operations
//===----------------------------------------------------------------------===//

void printExpression(mlir::AsmPrinter &printer, mlir::Operation *,
                     mlir::StringAttr expression);
void printExpressionDict(mlir::AsmPrinter &printer, mlir::Operation *,
                         mlir::DictionaryAttr expressions);
mlir::ParseResult parseNumber(mlir::AsmParser &parser, mlir::FloatAttr &value);
void printNumber(mlir::AsmPrinter &printer, mlir::Operation *,
                 mlir::FloatAttr value);
mlir::ParseResult parseNumbers(mlir::AsmParser &parser,
                               mlir::DenseF64ArrayAttr &value);
void printNumbers(mlir::AsmPrinter &printer, mlir::Operation *,
                  mlir::DenseF64ArrayAttr value);
mlir::ParseResult parseInteger(mlir::AsmParser &parser,
                               mlir::IntegerAttr &value);
void printInteger(mlir::AsmPrinter &printer, mlir::Operation *,
                  mlir::IntegerAttr value);
mlir::ParseResult parseIntegers(mlir::AsmParser &parser,
                                mlir::DenseI64ArrayAttr &value);
void printIntegers(mlir::AsmPrinter &printer, mlir::Operation *,
                   mlir::DenseI64ArrayAttr value);
mlir::ParseResult parseNames(mlir::AsmParser &parser, mlir::ArrayAttr &value);
void printNames(mlir::AsmPrinter &printer, mlir::Operation *,
                mlir::ArrayAttr value);
mlir::ParseResult parseNameList(mlir::AsmParser &parser,
                                mlir::ArrayAttr &value);
void printNameList(mlir::AsmPrinter &printer, mlir::Operation *,
                   mlir::ArrayAttr value);

/// An attribute after its keyword: in an oilist MLIR would take the keyword
/// alone as well, and knows no enumerations there.
template <typename Attr>
mlir::ParseResult parseRequired(mlir::AsmParser &parser, Attr &attribute) {
  mlir::Type type;
  if constexpr (std::is_same_v<Attr, mlir::StringAttr>)
    type = mlir::NoneType::get(parser.getContext());
  return parser.parseCustomAttributeWithFallback(attribute, type);
}
template <typename Attr>
void printRequired(mlir::AsmPrinter &printer, mlir::Operation *,
                   Attr attribute) {
  if constexpr (std::is_same_v<Attr, mlir::StringAttr>)
    printer.printAttributeWithoutType(attribute);
  else
    printer.printStrippedAttrOrType(attribute);
}

/// A value of an enumeration, by its name.
template <typename Attr>
mlir::ParseResult parseKeyword(mlir::AsmParser &parser, Attr &attribute) {
  using Enum = decltype(attribute.getValue());
  llvm::SMLoc location = parser.getCurrentLocation();
  llvm::StringRef word;
  if (parser.parseKeyword(&word))
    return mlir::failure();
  if (std::optional<Enum> value = symbolizeEnum<Enum>(word)) {
    attribute = Attr::get(parser.getContext(), *value);
    return mlir::success();
  }
  mlir::InFlightDiagnostic error = parser.emitError(location);
  error << "unexpected '" << word << "'; expected one of ";
  // Values are numbered from zero, and nameless from the first unused one.
  for (uint32_t i = 0; !stringifyEnum(static_cast<Enum>(i)).empty(); ++i)
    error << (i ? ", " : "") << stringifyEnum(static_cast<Enum>(i));
  return error;
}
template <typename Attr>
void printKeyword(mlir::AsmPrinter &printer, mlir::Operation *,
                  Attr attribute) {
  printer << stringifyEnum(attribute.getValue());
}

/// Either one number or {device set = number, ...}.
mlir::ParseResult parseDeviceValues(mlir::AsmParser &parser,
                                    mlir::FloatAttr &value,
                                    mlir::DictionaryAttr &values);
void printDeviceValues(mlir::AsmPrinter &printer, mlir::Operation *,
                       mlir::FloatAttr value, mlir::DictionaryAttr values);

/// weight broadcast wired, input window, ...: nothing is fine.
mlir::OptionalParseResult
parseDeliveries(mlir::AsmParser &parser, FanoutModeAttr &weight,
                FanoutModeAttr &input, FanoutModeAttr &output,
                mlir::UnitAttr &weightWired, mlir::UnitAttr &inputWired,
                mlir::UnitAttr &outputWired);
void printDeliveries(mlir::AsmPrinter &printer, mlir::Operation *,
                     FanoutModeAttr weight, FanoutModeAttr input,
                     FanoutModeAttr output, mlir::UnitAttr weightWired,
                     mlir::UnitAttr inputWired, mlir::UnitAttr outputWired);

} // namespace ohas::optical

#endif // OHAS_OPTICAL_ASSEMBLY_H
