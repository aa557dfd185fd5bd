//===- WireScan.cpp - A model's bytes without its weights -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WireScan.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"

using namespace ohas::onnx;
using llvm::StringRef;

namespace {

/// The messages on the way to tensors; Other is anything else.
enum class Kind {
  Model,
  Graph,
  Node,
  Attribute,
  Tensor,
  Sparse,
  Function,
  Other
};

enum WireType : unsigned { Varint = 0, Fixed64 = 1, Length = 2, Fixed32 = 5 };

constexpr unsigned segmentField = 3;

/// What a length-delimited field of a message holds, as onnx.proto says.
Kind childKind(Kind kind, uint64_t field) {
  switch (kind) {
  case Kind::Model:
    return field == 7    ? Kind::Graph
           : field == 25 ? Kind::Function
                         : Kind::Other;
  case Kind::Graph:
    return field == 1    ? Kind::Node
           : field == 5  ? Kind::Tensor
           : field == 15 ? Kind::Sparse
                         : Kind::Other;
  case Kind::Function:
    return field == 7 ? Kind::Node : Kind::Other;
  case Kind::Node:
    return field == 5 ? Kind::Attribute : Kind::Other;
  case Kind::Attribute:
    return field == 5 || field == 10    ? Kind::Tensor
           : field == 6 || field == 11  ? Kind::Graph
           : field == 22 || field == 23 ? Kind::Sparse
                                        : Kind::Other;
  case Kind::Sparse:
    return field == 1 || field == 2 ? Kind::Tensor : Kind::Other;
  case Kind::Tensor:
  case Kind::Other:
    return Kind::Other;
  }
  return Kind::Other;
}

/// The fields of a tensor whose packed bytes are the elements themselves:
/// float_data, raw_data, double_data.
bool isBulkField(uint64_t field) {
  return field == 4 || field == 9 || field == 10;
}

class Scanner {
public:
  explicit Scanner(StringRef file) : file(file) {}

  /// Scans the message in `bytes`; nothing if it stays as it is.
  llvm::Expected<std::optional<std::string>> scan(Kind kind, StringRef bytes,
                                                  unsigned depth);

private:
  struct Field {
    uint64_t number = 0;
    unsigned type = 0;
    StringRef whole;   // with its tag
    StringRef payload; // of a length-delimited one
  };

  llvm::Error error(StringRef at, const llvm::Twine &what) {
    return llvm::createStringError("is no valid ONNX model: byte " +
                                   llvm::Twine(at.data() - file.data()) + ": " +
                                   what);
  }

  llvm::Expected<uint64_t> takeVarint(StringRef &rest) {
    unsigned length = 0;
    const char *why = nullptr;
    // No number of 64 bits is longer than ten bytes; LLVM's decoder would read
    // on, and shift out of range.
    uint64_t value = llvm::decodeULEB128(rest.bytes_begin(), &length,
                                         rest.take_front(10).bytes_end(), &why);
    if (why)
      return error(rest, rest.size() < 10 ? "the file is truncated"
                                          : "malformed number");
    rest = rest.drop_front(length);
    return value;
  }

  llvm::Expected<Field> takeField(StringRef &rest);
  std::optional<std::string> stripTensor(StringRef bytes, StringRef bulk,
                                         StringRef field);

  StringRef file;
};

llvm::Expected<Scanner::Field> Scanner::takeField(StringRef &rest) {
  StringRef start = rest;
  auto tag = takeVarint(rest);
  if (!tag)
    return tag.takeError();
  Field field;
  field.number = *tag >> 3;
  field.type = *tag & 7;
  if (field.number == 0 || field.number > 0x1fffffff)
    return error(start,
                 "no ONNX field is numbered " + llvm::Twine(field.number));
  uint64_t size = 0;
  switch (field.type) {
  case Varint: {
    auto value = takeVarint(rest);
    if (!value)
      return value.takeError();
    break;
  }
  case Fixed64:
    size = 8;
    break;
  case Fixed32:
    size = 4;
    break;
  case Length: {
    auto length = takeVarint(rest);
    if (!length)
      return length.takeError();
    size = *length;
    break;
  }
  default:
    return error(start, "wire type " + llvm::Twine(field.type) +
                            " is not used by ONNX");
  }
  if (size > rest.size())
    return error(start, "the file is truncated (a field of " +
                            llvm::Twine(size) + " bytes where " +
                            llvm::Twine(rest.size()) + " are left)");
  if (field.type == Length)
    field.payload = rest.take_front(size);
  rest = rest.drop_front(size);
  field.whole = start.drop_back(rest.size());
  return field;
}

void appendTag(llvm::raw_ostream &os, uint64_t field, unsigned type) {
  llvm::encodeULEB128(field << 3 | type, os);
}

/// `bytes` without `field`, whose payload is `bulk`, and with a segment.
std::optional<std::string> Scanner::stripTensor(StringRef bytes, StringRef bulk,
                                                StringRef field) {
  std::string result;
  llvm::raw_string_ostream os(result);
  os << bytes.take_front(field.data() - bytes.data());
  os << bytes.drop_front(field.end() - bytes.begin());
  std::string segment;
  llvm::raw_string_ostream segmentStream(segment);
  appendTag(segmentStream, 1, Varint);
  llvm::encodeULEB128(bulk.data() - file.data(), segmentStream);
  appendTag(segmentStream, 2, Varint);
  llvm::encodeULEB128(bulk.end() - file.data(), segmentStream);
  appendTag(os, segmentField, Length);
  llvm::encodeULEB128(segment.size(), os);
  os << segment;
  return result;
}

llvm::Expected<std::optional<std::string>>
Scanner::scan(Kind kind, StringRef bytes, unsigned depth) {
  if (depth > maxNesting)
    return error(bytes, "messages are nested more than " +
                            llvm::Twine(maxNesting) + " deep");
  std::optional<std::string> changed;
  StringRef bulk, bulkField;
  unsigned numBulks = 0;
  for (StringRef rest = bytes; !rest.empty();) {
    StringRef before = bytes.drop_back(rest.size());
    auto field = takeField(rest);
    if (!field)
      return field.takeError();
    if (kind == Kind::Tensor && field->type == Length) {
      if (field->number == segmentField)
        return error(field->whole, "tensors in segments are not supported");
      if (isBulkField(field->number)) {
        ++numBulks;
        bulk = field->payload;
        bulkField = field->whole;
      }
    }
    Kind child = childKind(kind, field->number);
    std::optional<std::string> replaced;
    if (child != Kind::Other && field->type == Length) {
      auto scanned = scan(child, field->payload, depth + 1);
      if (!scanned)
        return scanned.takeError();
      replaced = std::move(*scanned);
    }
    if (replaced && !changed)
      changed = before.str();
    if (!changed)
      continue;
    llvm::raw_string_ostream os(*changed);
    if (replaced) {
      appendTag(os, field->number, Length);
      llvm::encodeULEB128(replaced->size(), os);
      os << *replaced;
    } else {
      os << field->whole;
    }
  }
  // A tensor with two kinds of data is left to the reader, which refuses it.
  if (numBulks == 1 && bulk.size() >= bulkBytes)
    return stripTensor(bytes, bulk, bulkField);
  return changed;
}

} // namespace

llvm::Expected<std::optional<std::string>>
ohas::onnx::stripBulk(StringRef bytes) {
  return Scanner(bytes).scan(Kind::Model, bytes, 0);
}
