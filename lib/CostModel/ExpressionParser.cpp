//===- ExpressionParser.cpp - Recursive descent over a grammar --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExpressionProgram.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <fmt/format.h>

using namespace ohas::cost;

namespace {

struct Function {
  llvm::StringLiteral name;
  Operation operation;
};

/// What a call does once its arguments are on the stack.
struct Callee {
  Instruction instruction;
  bool folds = false; ///< any number of arguments from two on
};

struct BinaryOperator {
  llvm::StringLiteral spelling;
  Operation operation;
};

/// Parentheses deeper than this are a mistake, and would overflow the stack.
constexpr unsigned maxDepth = 200;

} // namespace

// Sorted, for the message that lists them.
static constexpr Function functions[] = {
    {"abs", Operation::Abs},         {"ceil", Operation::Ceil},
    {"ceildiv", Operation::CeilDiv}, {"db", Operation::FromDb},
    {"exp", Operation::Exp},         {"floor", Operation::Floor},
    {"ln", Operation::Ln},           {"log10", Operation::Log10},
    {"log2", Operation::Log2},       {"max", Operation::Max},
    {"min", Operation::Min},         {"pow", Operation::Pow},
    {"round", Operation::Round},     {"select", Operation::Select},
    {"sqrt", Operation::Sqrt},       {"todb", Operation::ToDb},
};

// The longer spelling comes first where one is a prefix of another.
static constexpr BinaryOperator comparisons[] = {
    {"<=", Operation::LessEqual}, {">=", Operation::GreaterEqual},
    {"==", Operation::Equal},     {"!=", Operation::NotEqual},
    {"<", Operation::Less},       {">", Operation::Greater},
};
static constexpr BinaryOperator sums[] = {
    {"+", Operation::Add},
    {"-", Operation::Subtract},
};
static constexpr BinaryOperator products[] = {
    {"*", Operation::Multiply},
    {"/", Operation::Divide},
    {"%", Operation::Remainder},
};
static constexpr BinaryOperator conjunctions[] = {{"&&", Operation::And}};
static constexpr BinaryOperator disjunctions[] = {{"||", Operation::Or}};

static bool isNameStart(char c) { return llvm::isAlpha(c) || c == '_'; }
static bool isNamePart(char c) { return llvm::isAlnum(c) || c == '_'; }

template <typename Range> static std::string listNamesOf(const Range &range) {
  std::vector<llvm::StringRef> names;
  for (const auto &function : range)
    names.push_back(function.name);
  return llvm::join(names, ", ");
}

static std::optional<Callee> findCallee(llvm::StringRef name) {
  for (const Function &function : functions)
    if (function.name == name)
      return Callee{{function.operation},
                    function.operation == Operation::Min ||
                        function.operation == Operation::Max};
  if (const device::Function *function = device::findFunction(name)) {
    uint32_t index = function - device::functions().begin();
    return Callee{{Operation::Device, index}};
  }
  return std::nullopt;
}

namespace {

/// Every parse function returns true on an error, which is in `message`.
class Parser {
public:
  explicit Parser(llvm::StringRef text) : text(text) {}

  bool parseAll() {
    if (parseOr())
      return true;
    skipSpace();
    if (position == text.size())
      return false;
    if (matchAny(comparisons))
      return error("comparisons do not chain; use && between them");
    return error("expected an operator or the end, found " + found());
  }

  Expression::Program program;
  std::string message;

private:
  bool parseOr() {
    return parseChain(disjunctions, [&] {
      return parseChain(conjunctions, [&] { return parseComparison(); });
    });
  }

  bool parseComparison() {
    if (parseSum())
      return true;
    const BinaryOperator *comparison = take(comparisons);
    if (!comparison)
      return false;
    if (parseSum())
      return true;
    emit(comparison->operation);
    return false;
  }

  bool parseSum() {
    return parseChain(sums, [&] {
      return parseChain(products, [&] { return parseUnary(); });
    });
  }

  template <typename Operand>
  bool parseChain(llvm::ArrayRef<BinaryOperator> operators, Operand operand) {
    if (operand())
      return true;
    while (const BinaryOperator *binary = take(operators)) {
      if (operand())
        return true;
      emit(binary->operation);
    }
    return false;
  }

  bool parseUnary() {
    skipSpace();
    if (consume("-")) {
      if (parsePrimary())
        return true;
      emit(Operation::Negate);
      return false;
    }
    if (!text.substr(position).starts_with("!=") && consume("!")) {
      if (parsePrimary())
        return true;
      emit(Operation::Not);
      return false;
    }
    return parsePrimary();
  }

  bool parsePrimary() {
    skipSpace();
    if (position < text.size()) {
      char c = text[position];
      if (llvm::isDigit(c) || c == '.')
        return parseNumber();
      if (isNameStart(c))
        return parseName();
      if (c == '(')
        return parseParenthesised();
    }
    return error("expected a number, a name or '(', found " + found());
  }

  bool parseParenthesised() {
    if (depth == maxDepth)
      return error(fmt::format("more than {} nested parentheses", maxDepth));
    ++depth;
    ++position;
    if (parseOr() || expect(")"))
      return true;
    --depth;
    return false;
  }

  bool parseNumber() {
    size_t start = position;
    skipDigits();
    if (position < text.size() && text[position] == '.') {
      ++position;
      skipDigits();
    }
    if (position < text.size() && (text[position] | 0x20) == 'e') {
      size_t mantissa = position++;
      if (position < text.size() &&
          (text[position] == '+' || text[position] == '-'))
        ++position;
      if (position == text.size() || !llvm::isDigit(text[position]))
        position = mantissa;
      skipDigits();
    }
    llvm::StringRef token = text.slice(start, position);
    double value;
    if (token.getAsDouble(value) || !std::isfinite(value)) {
      position = start;
      return error(fmt::format("'{}' is no number in range", token.str()));
    }
    program.instructions.push_back({Operation::Number, 0, value});
    return false;
  }

  bool parseName() {
    size_t start = position;
    while (position < text.size() && isNamePart(text[position]))
      ++position;
    llvm::StringRef token = text.slice(start, position);
    skipSpace();
    if (position < text.size() && text[position] == '(')
      return parseCall(token, start);
    auto known = llvm::find(program.names, token);
    uint32_t index = known - program.names.begin();
    if (known == program.names.end())
      program.names.push_back(token.str());
    program.instructions.push_back({Operation::Name, index, 0});
    return false;
  }

  bool parseCall(llvm::StringRef name, size_t start) {
    std::optional<Callee> callee = findCallee(name);
    if (!callee) {
      position = start;
      return error(fmt::format(
          "unknown function '{}'; known are: {}; models of devices: {}",
          name.str(), listNamesOf(functions),
          listNamesOf(device::functions())));
    }
    if (depth == maxDepth)
      return error(fmt::format("more than {} nested parentheses", maxDepth));
    ++depth;
    ++position;
    // min and max fold as they go: any number of arguments, a flat stack.
    unsigned arguments = 0;
    do {
      if (parseOr())
        return true;
      if (++arguments > 1 && callee->folds)
        program.instructions.push_back(callee->instruction);
      skipSpace();
    } while (consume(","));
    if (expect(")"))
      return true;
    --depth;
    unsigned needed = arity(callee->instruction);
    if (callee->folds ? arguments < 2 : arguments != needed) {
      position = start;
      return error(fmt::format("'{}' takes {}{} argument{}, not {}", name.str(),
                               callee->folds ? "at least " : "", needed,
                               needed == 1 ? "" : "s", arguments));
    }
    if (!callee->folds)
      program.instructions.push_back(callee->instruction);
    return false;
  }

  void emit(Operation operation) {
    program.instructions.push_back({operation});
  }

  void skipSpace() {
    while (position < text.size() && llvm::isSpace(text[position]))
      ++position;
  }

  void skipDigits() {
    while (position < text.size() && llvm::isDigit(text[position]))
      ++position;
  }

  bool consume(llvm::StringRef token) {
    if (!text.substr(position).starts_with(token))
      return false;
    position += token.size();
    return true;
  }

  const BinaryOperator *
  matchAny(llvm::ArrayRef<BinaryOperator> operators) const {
    for (const BinaryOperator &binary : operators)
      if (text.substr(position).starts_with(binary.spelling))
        return &binary;
    return nullptr;
  }

  const BinaryOperator *take(llvm::ArrayRef<BinaryOperator> operators) {
    skipSpace();
    const BinaryOperator *binary = matchAny(operators);
    if (binary)
      position += binary->spelling.size();
    return binary;
  }

  bool expect(llvm::StringRef token) {
    skipSpace();
    if (consume(token))
      return false;
    return error(fmt::format("expected '{}', found {}", token.str(), found()));
  }

  std::string found() const {
    if (position == text.size())
      return "the end";
    unsigned char c = text[position];
    if (c < 0x20 || c >= 0x7f)
      return fmt::format("byte {:#04x}", c);
    return fmt::format("'{}'", text[position]);
  }

  bool error(const std::string &what) {
    message = fmt::format("column {}: {}", position + 1, what);
    return true;
  }

  llvm::StringRef text;
  size_t position = 0;
  unsigned depth = 0;
};

} // namespace

llvm::Expected<Expression> Expression::parse(llvm::StringRef text) {
  Parser parser(text);
  if (parser.parseAll())
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(),
        llvm::StringRef(fmt::format("{} in '{}'", parser.message, text.str())));
  parser.program.text = text.trim().str();
  Expression result;
  result.program = std::make_shared<Program>(std::move(parser.program));
  return result;
}
