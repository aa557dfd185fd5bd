//===- ModelVersions.cpp - Versions and operator sets -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelReader.h"
#include "llvm/ADT/StringMap.h"

using namespace ohas::onnx;
using llvm::StringRef;
using llvm::Twine;

/// The newest one is 13; nothing that an import needs has changed since 3.
static constexpr int64_t maxIrVersion = 14;

llvm::Error ohas::onnx::checkModelVersions(const ModelProto &model) {
  if (!model.has_ir_version())
    return llvm::createStringError("has no ir_version");
  if (model.ir_version() < 1 || model.ir_version() > maxIrVersion)
    return llvm::createStringError("has ir_version " +
                                   Twine(model.ir_version()) + "; 1 to " +
                                   Twine(maxIrVersion) + " are known");
  bool hasDefault = false;
  for (const auto &import : model.opset_import()) {
    StringRef domain = canonicalDomain(import.domain());
    if (!domain.empty())
      continue;
    hasDefault = true;
    if (import.version() < 1 || import.version() > maxOpset)
      return llvm::createStringError(
          "imports opset " + Twine(import.version()) + "; 1 to " +
          Twine(maxOpset) + " are known: export the model with one of these");
  }
  // Before ir_version 3 there was only one operator set and no imports.
  if (!hasDefault && model.ir_version() >= 3 && model.opset_import().empty())
    return llvm::createStringError("imports no operator set");
  return llvm::Error::success();
}
