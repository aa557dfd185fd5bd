//===- ExpressionProgram.h - Postfix form of an expression ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postfix and not a tree: a sum of a hundred thousand terms then needs neither
// a deep recursion to evaluate nor one to destroy.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_EXPRESSIONPROGRAM_H
#define OHAS_LIB_COSTMODEL_EXPRESSIONPROGRAM_H

#include "ohas/CostModel/Devices/Functions.h"
#include "ohas/CostModel/Expression.h"

namespace ohas::cost {

enum class Operation : uint8_t {
  // Operands
  Number,
  Name,
  // One argument
  Negate,
  Not,
  Ceil,
  Floor,
  Round,
  Sqrt,
  Exp,
  Ln,
  Log2,
  Log10,
  Abs,
  FromDb,
  ToDb,
  // Two arguments
  Add,
  Subtract,
  Multiply,
  Divide,
  Remainder,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Equal,
  NotEqual,
  And,
  Or,
  Min,
  Max,
  Pow,
  CeilDiv,
  // Three arguments
  Select,
  // As many as its function takes
  Device,
};

/// Of all but Device.
constexpr unsigned arity(Operation operation) {
  if (operation >= Operation::Select)
    return 3;
  if (operation >= Operation::Add)
    return 2;
  return operation >= Operation::Negate ? 1 : 0;
}

struct Instruction {
  Operation operation;
  uint32_t name = 0; ///< index into names, or into device::functions()
  double number = 0;
};

inline unsigned arity(const Instruction &instruction) {
  return instruction.operation == Operation::Device
             ? device::functions()[instruction.name].arity
             : arity(instruction.operation);
}

struct Expression::Program {
  std::string text;
  std::vector<std::string> names; ///< distinct, in order of appearance
  std::vector<Instruction> instructions;
};

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_EXPRESSIONPROGRAM_H
