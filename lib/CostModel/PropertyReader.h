//===- PropertyReader.h - Evaluates properties, with checks -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_PROPERTYREADER_H
#define OHAS_LIB_COSTMODEL_PROPERTYREADER_H

#include "ohas/CostModel/AcceleratorSpec.h"

namespace ohas::cost {

/// Reads the properties of one thing; after the first error it does nothing, so
/// that a caller reads everything and asks once.
class PropertyReader {
public:
  /// `where` names the thing in messages.
  PropertyReader(const Properties &properties,
                 const llvm::StringMap<double> &values, std::string where)
      : properties(properties), values(values), where(std::move(where)) {}

  /// Reports a property that is not in `known`.
  void checkNames(llvm::ArrayRef<llvm::StringRef> known);

  /// A number >= 0, or above 0.
  void nonNegative(llvm::StringRef name, double &to);
  void positive(llvm::StringRef name, double &to);
  void positive(llvm::StringRef name, std::optional<double> &to);
  /// A whole number from 1 to `limit`.
  void whole(llvm::StringRef name, int64_t &to, int64_t limit = maxWhole);
  void whole(llvm::StringRef name, std::optional<int64_t> &to);
  void bits(llvm::StringRef name, unsigned &to, int64_t limit);

  void fail(const std::string &message);
  llvm::Error take();

private:
  static constexpr int64_t maxWhole = int64_t(1) << 53;

  /// The value, if the property is there and everything is well so far.
  std::optional<double> evaluate(llvm::StringRef name);

  const Properties &properties;
  const llvm::StringMap<double> &values;
  std::string where, message;
};

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_PROPERTYREADER_H
