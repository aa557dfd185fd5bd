//===- Expression.h - Arithmetic over named values --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Extents, energies and areas of an accelerator are expressions over its knobs
// and device values; constraints of a search are expressions over its results.
// One grammar serves both:
//
//   expr    := or ; or := and {"||" and} ; and := cmp {"&&" cmp}
//   cmp     := sum [("<="|">="|"<"|">"|"=="|"!=") sum]
//   sum     := product {("+"|"-") product}
//   product := unary {("*"|"/"|"%") unary} ; unary := ["-"|"!"] primary
//   primary := number | name | name "(" expr {"," expr} ")" | "(" expr ")"
//
// Functions: min max (two or more), pow ceil floor round sqrt exp ln log2 log10
// abs, ceildiv(a, b), select(condition, then, else), db(x) = 10^(x/10) and
// todb(x) = 10 log10(x), and the device models of Devices/Functions.h. Truth is
// 1, falsehood 0.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_EXPRESSION_H
#define OHAS_COSTMODEL_EXPRESSION_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ohas::cost {

/// A parsed expression; cheap to copy. Empty by default (evaluates to an
/// error).
class Expression {
public:
  using Lookup = llvm::function_ref<std::optional<double>(llvm::StringRef)>;

  Expression() = default;
  static Expression constant(double value);

  /// Errors name the column and what was expected there.
  static llvm::Expected<Expression> parse(llvm::StringRef text);

  /// All operands are evaluated, so that a branch of select() that is not taken
  /// may be infinite or undefined, but may not mention an unknown name.
  /// Errors: an unknown name; a result that is not finite (with the text).
  llvm::Expected<double> evaluate(Lookup lookup) const;
  /// As above; an unknown name lists those that `values` has.
  llvm::Expected<double> evaluate(const llvm::StringMap<double> &values) const;

  /// Distinct names it mentions, in order of appearance.
  std::vector<std::string> variables() const;
  llvm::StringRef text() const;
  explicit operator bool() const { return program != nullptr; }

  struct Program;

private:
  std::shared_ptr<const Program> program;
};

/// The names in `values`, sorted: "a, b, c".
std::string listNames(const llvm::StringMap<double> &values);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_EXPRESSION_H
