//===- Coverage.h - What becomes of ONNX's operators ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_FRONTEND_ONNX_COVERAGE_H
#define OHAS_FRONTEND_ONNX_COVERAGE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

namespace ohas::onnx {

/// What the import makes of a node.
enum class ImportedAs {
  Photonic,   ///< a contraction, with electronic work around it
  Electronic, ///< work of its class on a vector unit
  Structural, ///< control flow, a call, or handed on: no work of its own
  Folded,     ///< its value is known
  Unknown,    ///< an operator of another domain: electronic work
};
llvm::StringRef name(ImportedAs how);

/// The nodes of a model by operator and outcome.
struct ImportSummary {
  struct Key {
    std::string domain, op; ///< domain "" is ONNX's
    int64_t opset = 0;
    ImportedAs how = ImportedAs::Electronic;
    std::string detail; ///< the operation class, or why light does not do it
    bool operator<(const Key &other) const {
      return std::tie(domain, op, opset, how, detail) <
             std::tie(other.domain, other.op, other.opset, other.how,
                      other.detail);
    }
  };
  std::map<Key, int64_t> nodes;
};

/// Writes the page docs/generated/SupportedONNXOps.md: every operator that ONNX
/// has had up to the newest opset that is known, and those of other domains
/// that the importer knows, with what becomes of them.
void writeSupportedOperators(llvm::raw_ostream &os);

} // namespace ohas::onnx

#endif // OHAS_FRONTEND_ONNX_COVERAGE_H
