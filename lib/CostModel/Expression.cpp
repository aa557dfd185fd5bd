//===- Expression.cpp - Arithmetic over named values ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"
#include "ExpressionProgram.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <fmt/format.h>
#include <limits>

using namespace ohas::cost;

Expression Expression::constant(double value) {
  auto program = std::make_shared<Program>();
  program->text = fmt::format("{}", value);
  program->instructions.push_back({Operation::Number, 0, value});
  Expression result;
  result.program = std::move(program);
  return result;
}

static double truth(bool value) { return value ? 1 : 0; }

static double evaluateUnary(Operation operation, double x) {
  switch (operation) {
  case Operation::Negate:
    return -x;
  case Operation::Not:
    return truth(x == 0);
  case Operation::Ceil:
    return std::ceil(x);
  case Operation::Floor:
    return std::floor(x);
  case Operation::Round:
    return std::round(x);
  case Operation::Sqrt:
    return std::sqrt(x);
  case Operation::Exp:
    return std::exp(x);
  case Operation::Ln:
    return std::log(x);
  case Operation::Log2:
    return std::log2(x);
  case Operation::Log10:
    return std::log10(x);
  case Operation::Abs:
    return std::abs(x);
  case Operation::FromDb:
    return std::pow(10.0, x / 10);
  default:
    return 10 * std::log10(x); // ToDb
  }
}

static double evaluateBinary(Operation operation, double a, double b) {
  switch (operation) {
  case Operation::Add:
    return a + b;
  case Operation::Subtract:
    return a - b;
  case Operation::Multiply:
    return a * b;
  case Operation::Divide:
    return a / b;
  case Operation::Remainder:
    return std::fmod(a, b);
  case Operation::LessEqual:
    return truth(a <= b);
  case Operation::GreaterEqual:
    return truth(a >= b);
  case Operation::Less:
    return truth(a < b);
  case Operation::Greater:
    return truth(a > b);
  case Operation::Equal:
    return truth(a == b);
  case Operation::NotEqual:
    return truth(a != b);
  case Operation::And:
    return truth(a != 0 && b != 0);
  case Operation::Or:
    return truth(a != 0 || b != 0);
  case Operation::Min:
    return std::min(a, b);
  case Operation::Max:
    return std::max(a, b);
  case Operation::Pow:
    return std::pow(a, b);
  default:
    return std::ceil(a / b); // CeilDiv
  }
}

/// An undefined operand makes every result undefined, comparisons included, so
/// that 0/0 is reported and never read as "false". Only an operand that cannot
/// matter is let go: the other branch of a select, what a decided && or ||
/// leaves unread.
static double apply(const Instruction &instruction, const double *x) {
  Operation operation = instruction.operation;
  if (operation == Operation::Device) {
    const device::Function &function = device::functions()[instruction.name];
    if (std::any_of(x, x + function.arity,
                    [](double v) { return std::isnan(v); }))
      return std::numeric_limits<double>::quiet_NaN();
    return function.call(x);
  }
  switch (arity(operation)) {
  case 1:
    return std::isnan(x[0]) ? x[0] : evaluateUnary(operation, x[0]);
  case 2:
    if (operation == Operation::And && x[0] == 0)
      return 0;
    if (operation == Operation::Or && x[0] != 0 && !std::isnan(x[0]))
      return 1;
    if (std::isnan(x[0]) || std::isnan(x[1]))
      return std::numeric_limits<double>::quiet_NaN();
    return evaluateBinary(operation, x[0], x[1]);
  default:
    return std::isnan(x[0]) ? x[0] : x[0] != 0 ? x[1] : x[2];
  }
}

llvm::Expected<double> Expression::evaluate(Lookup lookup) const {
  if (!program)
    return makeError("empty expression");
  llvm::SmallVector<double, 16> stack;
  for (const Instruction &instruction : program->instructions) {
    if (instruction.operation == Operation::Number) {
      stack.push_back(instruction.number);
      continue;
    }
    if (instruction.operation == Operation::Name) {
      const std::string &name = program->names[instruction.name];
      std::optional<double> value = lookup(name);
      if (!value)
        return makeError("unknown name '{}' in '{}'", name, program->text);
      stack.push_back(*value);
      continue;
    }
    unsigned operands = arity(instruction);
    double *first = stack.end() - operands;
    *first = apply(instruction, first);
    stack.truncate(stack.size() - operands + 1);
  }
  if (!std::isfinite(stack.back()))
    return makeError("'{}' is {}", program->text,
                     std::isnan(stack.back()) ? "undefined" : "infinite");
  return stack.back();
}

llvm::Expected<double>
Expression::evaluate(const llvm::StringMap<double> &values) const {
  if (program)
    for (const std::string &name : program->names)
      if (!values.contains(name))
        return makeError("unknown name '{}' in '{}'; known are: {}", name,
                         program->text, listNames(values));
  return evaluate([&](llvm::StringRef name) -> std::optional<double> {
    auto found = values.find(name);
    if (found == values.end())
      return std::nullopt;
    return found->second;
  });
}

std::vector<std::string> Expression::variables() const {
  return program ? program->names : std::vector<std::string>();
}

llvm::StringRef Expression::text() const {
  return program ? llvm::StringRef(program->text) : llvm::StringRef();
}

std::string ohas::cost::listNames(const llvm::StringMap<double> &values) {
  std::vector<llvm::StringRef> names(values.keys().begin(),
                                     values.keys().end());
  llvm::sort(names);
  return names.empty() ? "none" : llvm::join(names, ", ");
}
