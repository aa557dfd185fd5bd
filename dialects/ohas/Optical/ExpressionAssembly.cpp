//===- ExpressionAssembly.cpp - Unquoted expressions ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Expressions of numbers, names, calls, parentheses and + - * / need no quotes.
// Their text is put together from tokens with fixed spacing, so that what is
// printed reads back as the same attribute.

#include "Assembly.h"
#include "mlir/IR/Builders.h"
#include "ohas/CostModel/Expression.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace ohas::optical;

/// Nesting that no description needs, and that no stack minds.
static constexpr unsigned maxDepth = 200;

namespace {
/// Tokens joined: operators between spaces, a sign next to what it negates.
class TextBuilder {
public:
  void operand(StringRef token) {
    text += token;
    afterOperand = true;
  }
  void open() {
    text += "(";
    afterOperand = false;
  }
  void close() { operand(")"); }
  void comma() {
    text += ", ";
    afterOperand = false;
  }
  void operation(char symbol) {
    if (afterOperand)
      text += ' ';
    text += symbol;
    if (afterOperand)
      text += ' ';
    afterOperand = false;
  }
  std::string text;

private:
  bool afterOperand = false;
};

/// Reads sum := product {+|- product} and so on from MLIR's tokens.
class PlainParser {
public:
  explicit PlainParser(AsmParser &parser) : parser(parser) {}

  ParseResult parseSum() {
    if (++depth > maxDepth)
      return parser.emitError(parser.getCurrentLocation(),
                              "expression is nested too deeply");
    do
      if (parseUnary())
        return failure();
    while (parseOptionalOperator("+-*/"));
    --depth;
    return success();
  }
  std::string take() { return std::move(builder.text); }

private:
  bool parseOptionalOperator(StringRef among) {
    for (char symbol : among) {
      ParseResult result = symbol == '+'   ? parser.parseOptionalPlus()
                           : symbol == '-' ? parser.parseOptionalMinus()
                           : symbol == '*' ? parser.parseOptionalStar()
                                           : parser.parseOptionalSlash();
      if (succeeded(result)) {
        builder.operation(symbol);
        return true;
      }
    }
    return false;
  }

  ParseResult parseUnary() {
    while (parseOptionalOperator("-"))
      ;
    StringRef name;
    if (succeeded(parser.parseOptionalKeyword(&name))) {
      builder.operand(name);
      return succeeded(parser.parseOptionalLParen()) ? parseArguments()
                                                     : success();
    }
    if (succeeded(parser.parseOptionalLParen()))
      return parseArguments();
    APInt whole;
    OptionalParseResult isWhole = parser.parseOptionalDecimalInteger(whole);
    if (isWhole.has_value()) {
      if (failed(*isWhole))
        return failure();
      builder.operand(llvm::toString(whole, 10, /*Signed=*/false));
      return success();
    }
    double value;
    if (parser.parseFloat(value))
      return failure();
    builder.operand(formatDouble(value));
    return success();
  }

  ParseResult parseArguments() {
    builder.open();
    do {
      if (parseSum())
        return failure();
      if (failed(parser.parseOptionalComma()))
        break;
      builder.comma();
    } while (true);
    builder.close();
    return parser.parseRParen();
  }

  AsmParser &parser;
  TextBuilder builder;
  unsigned depth = 0;
};
} // namespace

/// True if MLIR reads `token` as one number and formats it back the same way.
static bool isPlainNumber(StringRef token) {
  if (llvm::all_of(token, llvm::isDigit))
    return token == "0" || !token.starts_with("0");
  double value;
  return !token.getAsDouble(value) && formatDouble(value) == token;
}

std::string ohas::optical::plainExpression(StringRef text) {
  TextBuilder builder;
  StringRef rest = text;
  while (!(rest = rest.ltrim(' ')).empty()) {
    char next = rest.front();
    if (llvm::isAlpha(next) || next == '_') {
      StringRef name =
          rest.take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
      builder.operand(name);
      rest = rest.drop_front(name.size());
      continue;
    }
    if (llvm::isDigit(next)) {
      size_t length = 1;
      while (length < rest.size() &&
             (llvm::isAlnum(rest[length]) || rest[length] == '.' ||
              (StringRef("+-").contains(rest[length]) &&
               StringRef("eE").contains(rest[length - 1]))))
        ++length;
      if (!isPlainNumber(rest.take_front(length)))
        return "";
      builder.operand(rest.take_front(length));
      rest = rest.drop_front(length);
      continue;
    }
    rest = rest.drop_front();
    if (next == '(')
      builder.open();
    else if (next == ')')
      builder.close();
    else if (next == ',')
      builder.comma();
    else if (StringRef("+-*/").contains(next))
      builder.operation(next);
    else
      return "";
  }
  // A text of the same tokens in another spacing keeps its quotes.
  return builder.text == text ? builder.text : "";
}

ParseResult ohas::optical::parseExpression(AsmParser &parser,
                                           StringAttr &expression) {
  SMLoc location = parser.getCurrentLocation();
  std::string text;
  if (failed(parser.parseOptionalString(&text))) {
    PlainParser plain(parser);
    if (plain.parseSum())
      return failure();
    text = plain.take();
  }
  llvm::Expected<cost::Expression> parsed = cost::Expression::parse(text);
  if (!parsed)
    return parser.emitError(location)
           << "expression '" << text
           << "': " << llvm::toString(parsed.takeError());
  expression = parser.getBuilder().getStringAttr(text);
  return success();
}

void ohas::optical::printExpression(AsmPrinter &printer,
                                    StringAttr expression) {
  std::string plain = plainExpression(expression.getValue());
  if (plain.empty())
    printer.printAttributeWithoutType(expression);
  else
    printer << plain;
}

ParseResult ohas::optical::parseExpressionDict(AsmParser &parser,
                                               DictionaryAttr &expressions) {
  NamedAttrList list;
  auto parseEntry = [&]() -> ParseResult {
    SMLoc location = parser.getCurrentLocation();
    std::string name;
    StringAttr expression;
    if (parser.parseKeywordOrString(&name) || parser.parseEqual() ||
        parseExpression(parser, expression))
      return failure();
    if (list.get(name))
      return parser.emitError(location) << "'" << name << "' is given twice";
    list.append(name, expression);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces, parseEntry))
    return failure();
  expressions = list.getDictionary(parser.getContext());
  return success();
}

void ohas::optical::printExpression(AsmPrinter &printer, Operation *,
                                    StringAttr expression) {
  printExpression(printer, expression);
}

void ohas::optical::printExpressionDict(AsmPrinter &printer, Operation *,
                                        DictionaryAttr expressions) {
  printer << '{';
  llvm::interleaveComma(expressions, printer, [&](NamedAttribute entry) {
    printer.printKeywordOrString(entry.getName());
    printer << " = ";
    if (auto text = dyn_cast<StringAttr>(entry.getValue()))
      printExpression(printer, text);
    else
      printer << entry.getValue();
  });
  printer << '}';
}
