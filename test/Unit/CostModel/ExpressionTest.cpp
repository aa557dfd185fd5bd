//===- ExpressionTest.cpp ---------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Expression.h"
#include "gtest/gtest.h"
#include <fmt/format.h>

using namespace ohas::cost;

static const llvm::StringMap<double> values = {
    {"bits", 4}, {"rows", 12}, {"zero", 0}, {"_x1", 2.5}};

/// The value, or the text of the error.
static std::string run(llvm::StringRef text) {
  llvm::Expected<Expression> expression = Expression::parse(text);
  if (!expression)
    return llvm::toString(expression.takeError());
  llvm::Expected<double> value = expression->evaluate(values);
  if (!value)
    return llvm::toString(value.takeError());
  return fmt::format("{}", *value);
}

TEST(Expression, Arithmetic) {
  EXPECT_EQ(run("1 + 2 * 3"), "7");
  EXPECT_EQ(run("(1 + 2) * 3"), "9");
  EXPECT_EQ(run("10 - 4 - 3"), "3");
  EXPECT_EQ(run("100 / 5 / 2"), "10");
  EXPECT_EQ(run("17 % 5"), "2");
  EXPECT_EQ(run("2 * -3"), "-6");
  EXPECT_EQ(run("-(1 + 2)"), "-3");
  EXPECT_EQ(run("1.5e3 + .5 + 2."), "1502.5");
  EXPECT_EQ(run("1e-2"), "0.01");
  EXPECT_EQ(run("  rows*_x1 "), "30");
}

TEST(Expression, Functions) {
  EXPECT_EQ(run("5200 * pow(2, bits - 8)"), "325");
  EXPECT_EQ(run("min(3, rows, 7)"), "3");
  EXPECT_EQ(run("max(3, rows, 7)"), "12");
  EXPECT_EQ(run("ceildiv(25, rows)"), "3");
  EXPECT_EQ(run("ceil(2.1) + floor(2.9) + round(2.5)"), "8");
  EXPECT_EQ(run("sqrt(16) + abs(-2)"), "6");
  EXPECT_EQ(run("log2(8) + log10(1000) + ln(exp(2))"), "8");
  EXPECT_EQ(run("db(20)"), "100");
  EXPECT_EQ(run("todb(1000)"), "30");
}

TEST(Expression, Logic) {
  EXPECT_EQ(run("rows <= 12 && bits < 8"), "1");
  EXPECT_EQ(run("rows > 12 || bits >= 8"), "0");
  EXPECT_EQ(run("rows == 12 && bits != 12"), "1");
  EXPECT_EQ(run("0 && 1 || 1"), "1");
  EXPECT_EQ(run("!zero"), "1");
  EXPECT_EQ(run("!(rows > 3)"), "0");
  EXPECT_EQ(run("select(bits > 4, 10, 20)"), "20");
}

TEST(Expression, UntakenBranchMayBeUndefined) {
  EXPECT_EQ(run("select(zero == 0, 1, 1 / zero)"), "1");
  EXPECT_EQ(run("zero != 0 && 1 / zero > 2"), "0");
}

TEST(Expression, ResultMustBeFinite) {
  EXPECT_EQ(run("1 / zero"), "'1 / zero' is infinite");
  EXPECT_EQ(run("sqrt(-1)"), "'sqrt(-1)' is undefined");
  EXPECT_EQ(run("zero / zero < 1"), "'zero / zero < 1' is undefined");
  EXPECT_EQ(run("!(zero / zero)"), "'!(zero / zero)' is undefined");
  EXPECT_EQ(run("min(zero / zero, 1)"), "'min(zero / zero, 1)' is undefined");
}

TEST(Expression, SyntaxErrorsNameTheColumn) {
  EXPECT_EQ(run(""), "column 1: expected a number, a name or '(', found the "
                     "end in ''");
  EXPECT_EQ(run("1 +"), "column 4: expected a number, a name or '(', found the "
                        "end in '1 +'");
  EXPECT_EQ(run("(1"), "column 3: expected ')', found the end in '(1'");
  EXPECT_EQ(run("2 rows"), "column 3: expected an operator or the end, found "
                           "'r' in '2 rows'");
  EXPECT_EQ(run("1 < 2 < 3"), "column 7: comparisons do not chain; use && "
                              "between them in '1 < 2 < 3'");
  EXPECT_EQ(run("."), "column 1: '.' is no number in range in '.'");
  EXPECT_EQ(run("1e999"), "column 1: '1e999' is no number in range in '1e999'");
  EXPECT_EQ(run("\x01"), "column 1: expected a number, a name or '(', found "
                         "byte 0x01 in '\x01'");
  EXPECT_EQ(run("--1"), "column 2: expected a number, a name or '(', found '-' "
                        "in '--1'");
}

TEST(Expression, UnknownNamesListTheKnown) {
  std::string message = run("2 * cosine(3)");
  std::string known =
      "column 5: unknown function 'cosine'; known are: abs, ceil, ceildiv, db, "
      "exp, floor, ln, log10, log2, max, min, pow, round, select, sqrt, todb; "
      "models of devices: adc_flash_mw, ";
  EXPECT_EQ(message.substr(0, known.size()), known);
  EXPECT_NE(message.find(", waveguide_db in '2 * cosine(3)'"),
            std::string::npos);
  EXPECT_EQ(run("row * 2"), "unknown name 'row' in 'row * 2'; known are: _x1, "
                            "bits, rows, zero");
  auto expression = Expression::parse("a + b");
  ASSERT_TRUE(bool(expression));
  auto value =
      expression->evaluate([](llvm::StringRef) { return std::nullopt; });
  EXPECT_EQ(llvm::toString(value.takeError()), "unknown name 'a' in 'a + b'");
}

TEST(Expression, Arity) {
  EXPECT_EQ(run("pow(2)"), "column 1: 'pow' takes 2 arguments, not 1 in "
                           "'pow(2)'");
  EXPECT_EQ(run("ceil(1, 2)"),
            "column 1: 'ceil' takes 1 argument, not 2 in 'ceil(1, 2)'");
  EXPECT_EQ(run("max(1)"), "column 1: 'max' takes at least 2 arguments, not 1 "
                           "in 'max(1)'");
}

TEST(Expression, DepthIsBoundedAndLengthIsNot) {
  std::string deep(100000, '(');
  EXPECT_EQ(run(deep).substr(0, 45),
            "column 201: more than 200 nested parentheses ");
  std::string fits = std::string(200, '(') + "1" + std::string(200, ')');
  EXPECT_EQ(run(fits), "1");
  std::string calls;
  for (int i = 0; i < 300; ++i)
    calls += "abs(";
  EXPECT_NE(run(calls).find("more than 200 nested"), std::string::npos);
  std::string sum = "0", least = "min(5";
  for (int i = 0; i < 100000; ++i) {
    sum += "+1";
    least += ",6";
  }
  EXPECT_EQ(run(sum), "100000");
  EXPECT_EQ(run(least + ")"), "5");
}

TEST(Expression, VariablesAndText) {
  auto expression = Expression::parse(" b * a + b ");
  ASSERT_TRUE(bool(expression));
  EXPECT_EQ(expression->variables(), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(expression->text(), "b * a + b");
}

TEST(Expression, EmptyAndConstant) {
  Expression empty;
  EXPECT_FALSE(empty);
  EXPECT_EQ(llvm::toString(empty.evaluate(values).takeError()),
            "empty expression");
  EXPECT_TRUE(empty.variables().empty());
  Expression third = Expression::constant(-1.0 / 3);
  EXPECT_EQ(run(third.text()), fmt::format("{}", -1.0 / 3));
  EXPECT_EQ(cantFail(third.evaluate(values)), -1.0 / 3);
}
