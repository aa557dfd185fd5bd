//===- Arithmetic.cpp - Values of sums and products -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"
#include "llvm/ADT/StringSwitch.h"
#include <cmath>
#include <limits>

using namespace ohas::onnx;

namespace {
enum class Op {
  Add,
  Sub,
  Mul,
  Div,
  Mod,
  Pow,
  Min,
  Max,
  Equal,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  And,
  Or,
  Xor,
  None
};
} // namespace

static Op parseOp(llvm::StringRef name) {
  return llvm::StringSwitch<Op>(name)
      .Case("Add", Op::Add)
      .Case("Sub", Op::Sub)
      .Case("Mul", Op::Mul)
      .Case("Div", Op::Div)
      .Case("Mod", Op::Mod)
      .Case("Pow", Op::Pow)
      .Case("Min", Op::Min)
      .Case("Max", Op::Max)
      .Case("Equal", Op::Equal)
      .Case("Less", Op::Less)
      .Case("LessOrEqual", Op::LessEqual)
      .Case("Greater", Op::Greater)
      .Case("GreaterOrEqual", Op::GreaterEqual)
      .Case("And", Op::And)
      .Case("Or", Op::Or)
      .Case("Xor", Op::Xor)
      .Default(Op::None);
}

template <typename T> static Element compare(Op op, T a, T b) {
  bool result = op == Op::Equal       ? a == b
                : op == Op::Less      ? a < b
                : op == Op::LessEqual ? a <= b
                : op == Op::Greater   ? a > b
                                      : a >= b;
  return Element::of(int64_t(result));
}

static Element onIntegers(Op op, int64_t a, int64_t b, bool truncatedMod) {
  // Overflow wraps, as it does in every runtime.
  auto ua = static_cast<uint64_t>(a), ub = static_cast<uint64_t>(b);
  switch (op) {
  case Op::Add:
    return Element::of(static_cast<int64_t>(ua + ub));
  case Op::Sub:
    return Element::of(static_cast<int64_t>(ua - ub));
  case Op::Mul:
    return Element::of(static_cast<int64_t>(ua * ub));
  case Op::Div:
  case Op::Mod: {
    if (b == 0 || (a == std::numeric_limits<int64_t>::min() && b == -1))
      return Element();
    if (op == Op::Div)
      return Element::of(a / b);
    int64_t rest = a % b;
    // The sign is the divisor's, unless fmod is asked for.
    return Element::of(
        !truncatedMod && rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
  }
  case Op::Pow:
    return Element::of(
        std::pow(static_cast<double>(a), static_cast<double>(b)));
  case Op::Min:
    return Element::of(std::min(a, b));
  case Op::Max:
    return Element::of(std::max(a, b));
  case Op::And:
    return Element::of(int64_t(a && b));
  case Op::Or:
    return Element::of(int64_t(a || b));
  case Op::Xor:
    return Element::of(int64_t(!a != !b));
  default:
    return compare(op, a, b);
  }
}

static Element onReals(Op op, double a, double b) {
  switch (op) {
  case Op::Add:
    return Element::of(a + b);
  case Op::Sub:
    return Element::of(a - b);
  case Op::Mul:
    return Element::of(a * b);
  case Op::Div:
    return Element::of(a / b);
  case Op::Mod:
    return Element::of(std::fmod(a, b));
  case Op::Pow:
    return Element::of(std::pow(a, b));
  case Op::Min:
    return Element::of(std::min(a, b));
  case Op::Max:
    return Element::of(std::max(a, b));
  case Op::And:
  case Op::Or:
  case Op::Xor:
    return Element();
  default:
    return compare(op, a, b);
  }
}

/// What is known of an unknown operand: neutral elements and equal symbols.
static Element onSymbols(Op op, const Element &a, const Element &b) {
  bool one = b.isInt() && b.integer == 1, zero = b.isInt() && b.integer == 0;
  bool leftOne = a.isInt() && a.integer == 1;
  bool leftZero = a.isInt() && a.integer == 0;
  if ((one && (op == Op::Mul || op == Op::Div)) ||
      (zero && (op == Op::Add || op == Op::Sub)))
    return a;
  if ((leftOne && op == Op::Mul) || (leftZero && op == Op::Add))
    return b;
  if ((zero || leftZero) && op == Op::Mul)
    return Element::of(int64_t(0));
  // A dim is never negative.
  bool isDim = a.kind == Element::Unknown && !a.symbol.empty();
  if (op == Op::Equal && isDim && b.isInt() && b.integer < 0)
    return Element::of(int64_t(0));
  if (isDim && a == b) {
    if (op == Op::Equal || op == Op::LessEqual || op == Op::GreaterEqual)
      return Element::of(int64_t(1));
    if (op == Op::Sub)
      return Element::of(int64_t(0));
    if (op == Op::Min || op == Op::Max)
      return a;
  }
  return Element();
}

static void evaluateBinary(NodeContext &node) {
  auto dims = smallOutput(node);
  Op op = parseOp(node.opType());
  if (!dims || node.numInputs() == 0 || node.opset < 7)
    return;
  for (size_t i = 0; i < node.numInputs(); ++i)
    if (!node.known(i))
      return;
  bool truncated = node.getInt("fmod", 0) != 0;
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    Element result = broadcastElement(*node.known(0), index);
    for (size_t i = 1; i < node.numInputs(); ++i) {
      const Element &other = broadcastElement(*node.known(i), index);
      if (result.kind == Element::Unknown || other.kind == Element::Unknown)
        result = onSymbols(op, result, other);
      else if (result.isInt() && other.isInt())
        result = onIntegers(op, result.integer, other.integer, truncated);
      else
        result = onReals(op, result.asReal(), other.asReal());
    }
    elements.push_back(result);
  });
  setKnown(node, std::move(elements));
}

static Element unary(llvm::StringRef op, const Element &element) {
  if (op == "Cast" || op == "CastLike")
    return element;
  if (element.kind == Element::Unknown)
    return op == "Abs" || op == "Relu" || op == "Ceil" || op == "Floor"
               ? element
               : Element();
  if (element.isInt()) {
    int64_t value = element.integer;
    if (op == "Not")
      return Element::of(int64_t(!value));
    if (op == "Neg" || (op == "Abs" && value < 0))
      return Element::of(static_cast<int64_t>(-static_cast<uint64_t>(value)));
    if (op == "Abs")
      return element;
    if (op == "Sign")
      return Element::of(int64_t(value > 0) - int64_t(value < 0));
    if (op == "Relu")
      return Element::of(std::max<int64_t>(value, 0));
    return Element();
  }
  double value = element.real;
  if (op == "Neg")
    return Element::of(-value);
  if (op == "Abs")
    return Element::of(std::abs(value));
  if (op == "Floor")
    return Element::of(std::floor(value));
  if (op == "Ceil")
    return Element::of(std::ceil(value));
  if (op == "Round")
    return Element::of(std::nearbyint(value));
  if (op == "Sqrt")
    return Element::of(std::sqrt(value));
  if (op == "Reciprocal")
    return Element::of(1 / value);
  if (op == "Exp")
    return Element::of(std::exp(value));
  if (op == "Log")
    return Element::of(std::log(value));
  return Element();
}

static void evaluateUnary(NodeContext &node) {
  const KnownTensor *input = node.known(0);
  if (!input || !smallOutput(node))
    return;
  std::vector<Element> elements;
  for (const Element &element : input->elements)
    elements.push_back(unary(node.opType(), element));
  setKnown(node, std::move(elements));
}

static void evaluateWhere(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *condition = node.known(0), *yes = node.known(1),
                    *no = node.known(2);
  if (!dims || !condition || !yes || !no)
    return;
  std::vector<Element> elements;
  forEachIndex(*dims, [&](llvm::ArrayRef<int64_t> index) {
    const Element &which = broadcastElement(*condition, index);
    const Element &a = broadcastElement(*yes, index);
    const Element &b = broadcastElement(*no, index);
    elements.push_back(which.isInt() ? (which.integer ? a : b)
                       : a == b      ? a
                                     : Element());
  });
  setKnown(node, std::move(elements));
}

/// Products and others over all elements, as computed from shapes.
static void evaluateReduce(NodeContext &node) {
  const KnownTensor *input = node.known(0);
  auto dims = smallOutput(node);
  if (!input || !dims || input->elements.empty() ||
      numElements(llvm::ArrayRef<int64_t>(*dims)) != 1)
    return;
  Op op = llvm::StringSwitch<Op>(node.opType())
              .Case("ReduceProd", Op::Mul)
              .Case("ReduceSum", Op::Add)
              .Case("ReduceMin", Op::Min)
              .Default(Op::Max);
  Element result = input->elements.front();
  for (const Element &element : llvm::drop_begin(input->elements)) {
    if (result.kind == Element::Unknown || element.kind == Element::Unknown)
      result = onSymbols(op, result, element);
    else if (result.isInt() && element.isInt())
      result = onIntegers(op, result.integer, element.integer, false);
    else
      result = onReals(op, result.asReal(), element.asReal());
  }
  setKnown(node, {result});
}

void ohas::onnx::addArithmeticEvaluation(EvaluateTable &table) {
  table.addAll({"Add", "Sub", "Mul", "Div", "Mod", "Pow", "Min", "Max", "Equal",
                "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or",
                "Xor"},
               evaluateBinary);
  table.addAll({"Cast", "CastLike", "Neg", "Abs", "Floor", "Ceil", "Round",
                "Sqrt", "Reciprocal", "Exp", "Log", "Not", "Sign", "Relu"},
               evaluateUnary);
  table.addAll({"Where"}, evaluateWhere);
  table.addAll({"ReduceProd", "ReduceSum", "ReduceMin", "ReduceMax"},
               evaluateReduce);
}
