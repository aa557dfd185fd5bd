//===- Npy.cpp - Files of NumPy ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Support/HostTensor.h"
#include "llvm/Support/Endian.h"

using namespace ohas;

namespace {
struct TypeRow {
  llvm::StringLiteral numpy, element;
};
} // namespace

static constexpr TypeRow types[] = {
    {"<f4", "f32"},  {"<f8", "f64"},  {"<f2", "f16"},  {"|i1", "i8"},
    {"<i2", "i16"},  {"<i4", "i32"},  {"<i8", "i64"},  {"|u1", "ui8"},
    {"<u2", "ui16"}, {"<u4", "ui32"}, {"<u8", "ui64"}, {"|b1", "i1"},
};

static constexpr llvm::StringLiteral magic = "\x93NUMPY";

/// What follows a key of the header's dictionary.
static llvm::StringRef after(llvm::StringRef header, llvm::StringRef key) {
  size_t at = header.find(("'" + key + "':").str());
  if (at == llvm::StringRef::npos)
    return "";
  return header.substr(at + key.size() + 3).ltrim();
}

llvm::Expected<HostTensor> ohas::readNpy(llvm::StringRef bytes) {
  auto fail = [](const llvm::Twine &why) {
    return llvm::createStringError(why);
  };
  if (!bytes.starts_with(magic) || bytes.size() < 12)
    return fail("is no .npy file");
  unsigned version = bytes[6];
  if (version < 1 || version > 3)
    return fail("is of version " + llvm::Twine(version) + " of .npy");
  size_t start = version == 1 ? 10 : 12;
  size_t length = version == 1
                      ? llvm::support::endian::read16le(bytes.data() + 8)
                      : llvm::support::endian::read32le(bytes.data() + 8);
  if (length > bytes.size() - start)
    return fail("ends in its header");
  llvm::StringRef header = bytes.substr(start, length);
  llvm::StringRef type = after(header, "descr");
  if (after(header, "fortran_order").starts_with("True"))
    return fail("is in Fortran order; save numpy.ascontiguousarray of it");
  HostTensor tensor;
  if (type.consume_front("'"))
    type = type.take_until([](char c) { return c == '\''; });
  for (const TypeRow &row : types)
    if (type == row.numpy || (type.size() == 3 && row.numpy[0] == '|' &&
                              type.drop_front() == row.numpy.drop_front()))
      tensor.element = row.element.str();
  if (tensor.element.empty())
    return fail("has elements of type " + type.take_front(20) +
                ", which is none of ours");
  llvm::StringRef shape = after(header, "shape");
  if (!shape.consume_front("("))
    return fail("has no shape");
  llvm::StringRef dims = shape.take_until([](char c) { return c == ')'; });
  uint64_t count = 1;
  while (!dims.trim().empty()) {
    auto [dim, rest] = dims.split(',');
    uint64_t size;
    if (dim.trim().getAsInteger(10, size) || size > (uint64_t(1) << 40) ||
        (size && count > (uint64_t(1) << 40) / size))
      return fail("has a malformed shape");
    count *= size;
    tensor.shape.push_back(size);
    dims = rest;
  }
  llvm::StringRef data = bytes.drop_front(start + length);
  uint64_t expected = count * elementBytes(tensor.element);
  if (data.size() != expected)
    return fail("has " + llvm::Twine(data.size()) + " bytes of data where " +
                tensor.typeName() + " takes " + llvm::Twine(expected));
  tensor.bytes.assign(data.begin(), data.end());
  return tensor;
}

std::string ohas::writeNpy(const HostTensor &tensor) {
  // NumPy has no bf16, and no integers below 8 bits: those take a byte each.
  std::string type = "|V2";
  if (elementBytes(tensor.element) == 1)
    type = tensor.element[0] == 'u' ? "|u1" : "|i1";
  for (const TypeRow &row : types)
    if (tensor.element == row.element)
      type = row.numpy.str();
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
  for (int64_t dim : tensor.shape)
    header += std::to_string(dim) + ", ";
  if (tensor.shape.size() > 1)
    header.resize(header.size() - 2);
  header += "), }";
  // Data starts at a multiple of 64.
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes = (magic + llvm::StringRef("\1\0", 2)).str();
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  size_t start = bytes.size();
  bytes.append(tensor.bytes.begin(), tensor.bytes.end());
  if (type[1] != 'b' && elementBytes(tensor.element) == 1)
    for (int64_t i = 0; i < tensor.numElements(); ++i)
      bytes[start + i] = static_cast<char>(static_cast<int>(tensor.at(i)));
  return bytes;
}
