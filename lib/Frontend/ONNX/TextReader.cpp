//===- TextReader.cpp - ONNX's own text syntax ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelReader.h"
#include "WireScan.h"
#include "llvm/ADT/StringExtras.h"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-result"
#include <onnx/defs/parser.h>
#pragma GCC diagnostic pop

using namespace ohas::onnx;
using llvm::StringRef;

/// libonnx's parser recurses: bound the depth before it starts. Brackets in
/// comments and strings do not nest.
static bool isNestedTooDeep(StringRef text) {
  unsigned depth = 0;
  for (size_t i = 0; i < text.size(); ++i)
    switch (text[i]) {
    case '#':
      i = std::min(text.find('\n', i), text.size());
      break;
    case '"':
      i = std::min(text.find('"', i + 1), text.size());
      break;
    case '(':
    case '{':
    case '[':
    case '<':
      // Every level of a graph takes two kinds of brackets and of messages.
      if (++depth > maxNesting)
        return true;
      break;
    case ')':
    case '}':
    case ']':
    case '>':
      depth -= depth > 0;
      break;
    default:
      break;
    }
  return false;
}

/// One line of the parser's message, which is "[ParseError at position (line:
/// 3 column: 7)]\nError context: ...\nExpected character...".
static std::string oneLine(StringRef message) {
  std::string line;
  auto [position, rest] = message.split('\n');
  position.consume_front("[ParseError at position ");
  position.consume_back("]");
  llvm::SmallVector<StringRef> lines;
  rest.split(lines, '\n', -1, false);
  if (lines.empty())
    return position.str();
  return (position + ": " + lines.back().trim().rtrim('.')).str();
}

llvm::Error ohas::onnx::readText(StringRef bytes, ModelProto &model) {
  auto fail = [](const llvm::Twine &what) {
    return llvm::createStringError("is no valid ONNX text: " + what);
  };
  if (bytes.contains('\0'))
    return llvm::createStringError(
        "is no ONNX text: it is binary; name it .onnx or pass "
        "--input-format=onnx");
  if (isNestedTooDeep(bytes))
    return fail("brackets are nested more than " + llvm::Twine(maxNesting) +
                " deep");
  std::string text = bytes.str();
  ::onnx::OnnxParser parser(text.c_str());
  try {
    auto status = parser.Parse(model);
    if (!status.IsOK())
      return fail(oneLine(status.ErrorMessage()));
    if (!parser.EndOfInput())
      return fail(parser.GetCurrentPos() + ": text after the end of the model");
  } catch (const std::out_of_range &) {
    return fail(parser.GetCurrentPos() + ": number out of range");
  } catch (const std::invalid_argument &) {
    return fail(parser.GetCurrentPos() + ": a number is expected");
  } catch (const std::exception &error) {
    return fail(parser.GetCurrentPos() + ": " + oneLine(error.what()));
  }
  return llvm::Error::success();
}
