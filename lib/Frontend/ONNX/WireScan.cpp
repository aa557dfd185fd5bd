//===- WireScan.cpp - A model's bytes without its weights -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WireScan.h"
#include "llvm/ADT/SmallString.h"
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

/// Bytes of the file that others take the place of.
struct Patch {
  const char *begin, *end;
  llvm::SmallString<24> bytes;
};

class Scanner {
public:
  explicit Scanner(StringRef file) : file(file) {}

  /// Scans the message in `bytes`, adding to the patches; false on malformed
  /// bytes. `growth` is by how much the patches make it larger (or smaller).
  bool scan(Kind kind, StringRef bytes, unsigned depth, int64_t &growth);

  /// The file with the patches, which make it larger by `growth`.
  std::string patched(int64_t growth) const;
  bool hasPatches() const { return !patches.empty(); }
  llvm::Error takeError() const { return llvm::createStringError(message); }

private:
  struct Field {
    uint64_t number = 0;
    unsigned type = 0;
    StringRef whole;   // with its tag
    StringRef payload; // of a length-delimited one
  };

  bool fail(const char *at, const llvm::Twine &what) {
    message = ("is no valid ONNX model: byte " +
               llvm::Twine(static_cast<size_t>(at - file.data())) + ": " + what)
                  .str();
    return false;
  }

  bool takeVarint(StringRef &rest, uint64_t &value) {
    // Most tags and lengths are one byte.
    if (!rest.empty() && static_cast<uint8_t>(rest.front()) < 0x80) {
      value = static_cast<uint8_t>(rest.front());
      rest = rest.drop_front();
      return true;
    }
    unsigned length = 0;
    const char *why = nullptr;
    // No number of 64 bits is longer than ten bytes; LLVM's decoder would read
    // on, and shift out of range.
    value = llvm::decodeULEB128(rest.bytes_begin(), &length,
                                rest.take_front(10).bytes_end(), &why);
    if (why)
      return fail(rest.data(), rest.size() < 10 ? "the file is truncated"
                                                : "malformed number");
    rest = rest.drop_front(length);
    return true;
  }

  bool takeField(StringRef &rest, Field &field);
  bool scanChild(Kind kind, const Field &field, unsigned depth,
                 int64_t &growth);
  void cutOut(const Field &bulk, int64_t &growth);

  StringRef file;
  /// In the order of the file, none inside another.
  std::vector<Patch> patches;
  std::string message;
};

bool Scanner::takeField(StringRef &rest, Field &field) {
  StringRef start = rest;
  uint64_t tag = 0, size = 0;
  if (!takeVarint(rest, tag))
    return false;
  field.number = tag >> 3;
  field.type = tag & 7;
  if (field.number == 0 || field.number > 0x1fffffff)
    return fail(start.data(),
                "no ONNX field is numbered " + llvm::Twine(field.number));
  switch (field.type) {
  case Varint: {
    uint64_t value;
    if (!takeVarint(rest, value))
      return false;
    break;
  }
  case Fixed64:
    size = 8;
    break;
  case Fixed32:
    size = 4;
    break;
  case Length:
    if (!takeVarint(rest, size))
      return false;
    break;
  default:
    return fail(start.data(), "wire type " + llvm::Twine(field.type) +
                                  " is not used by ONNX");
  }
  if (size > rest.size())
    return fail(start.data(), "the file is truncated (a field of " +
                                  llvm::Twine(size) + " bytes where " +
                                  llvm::Twine(rest.size()) + " are left)");
  field.payload = rest.take_front(field.type == Length ? size : 0);
  rest = rest.drop_front(size);
  field.whole = start.drop_back(rest.size());
  return true;
}

template <unsigned N>
void appendVarint(llvm::SmallString<N> &bytes, uint64_t value) {
  llvm::raw_svector_ostream os(bytes);
  llvm::encodeULEB128(value, os);
}

template <unsigned N>
void appendTag(llvm::SmallString<N> &bytes, uint64_t field, unsigned type) {
  appendVarint(bytes, field << 3 | type);
}

/// A segment in the place of a tensor's bytes: where in the file they are.
void Scanner::cutOut(const Field &bulk, int64_t &growth) {
  llvm::SmallString<24> segment;
  appendTag(segment, 1, Varint);
  appendVarint(segment, bulk.payload.data() - file.data());
  appendTag(segment, 2, Varint);
  appendVarint(segment, bulk.payload.end() - file.data());
  Patch patch{bulk.whole.begin(), bulk.whole.end(), {}};
  appendTag(patch.bytes, segmentField, Length);
  appendVarint(patch.bytes, segment.size());
  patch.bytes += segment;
  growth += static_cast<int64_t>(patch.bytes.size()) -
            static_cast<int64_t>(bulk.whole.size());
  patches.push_back(std::move(patch));
}

/// A message in a message; its length may change, and with that the number of
/// bytes that say it.
bool Scanner::scanChild(Kind kind, const Field &field, unsigned depth,
                        int64_t &growth) {
  size_t place = patches.size();
  int64_t inner = 0;
  if (!scan(kind, field.payload, depth, inner))
    return false;
  if (patches.size() == place)
    return true;
  Patch length{field.whole.begin(), field.payload.begin(), {}};
  appendTag(length.bytes, field.number, Length);
  appendVarint(length.bytes, field.payload.size() + inner);
  growth += inner + static_cast<int64_t>(length.bytes.size()) -
            (length.end - length.begin);
  patches.insert(patches.begin() + place, std::move(length));
  return true;
}

bool Scanner::scan(Kind kind, StringRef bytes, unsigned depth,
                   int64_t &growth) {
  if (depth > maxNesting)
    return fail(bytes.data(), "messages are nested more than " +
                                  llvm::Twine(maxNesting) + " deep");
  Field field, bulk;
  unsigned numBulks = 0;
  for (StringRef rest = bytes; !rest.empty();) {
    if (!takeField(rest, field))
      return false;
    if (field.type != Length)
      continue;
    if (kind == Kind::Tensor) {
      if (field.number == segmentField)
        return fail(field.whole.data(),
                    "tensors in segments are not supported");
      if (isBulkField(field.number)) {
        ++numBulks;
        bulk = field;
      }
      continue;
    }
    Kind child = childKind(kind, field.number);
    if (child != Kind::Other && !scanChild(child, field, depth + 1, growth))
      return false;
  }
  // A tensor with two kinds of data is left to the reader, which refuses it.
  if (numBulks == 1 && bulk.payload.size() >= bulkBytes)
    cutOut(bulk, growth);
  return true;
}

std::string Scanner::patched(int64_t growth) const {
  std::string result;
  result.reserve(file.size() + growth);
  const char *at = file.begin();
  for (const Patch &patch : patches) {
    result.append(at, patch.begin);
    result.append(patch.bytes.begin(), patch.bytes.end());
    at = patch.end;
  }
  result.append(at, file.end());
  return result;
}

} // namespace

llvm::Expected<std::optional<std::string>>
ohas::onnx::stripBulk(StringRef bytes) {
  Scanner scanner(bytes);
  int64_t growth = 0;
  if (!scanner.scan(Kind::Model, bytes, 0, growth))
    return scanner.takeError();
  if (!scanner.hasPatches())
    return std::nullopt;
  return scanner.patched(growth);
}
