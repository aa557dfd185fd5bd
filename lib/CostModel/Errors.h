//===- Errors.h - Errors of the cost model ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_ERRORS_H
#define OHAS_LIB_COSTMODEL_ERRORS_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <fmt/format.h>
#include <string>

namespace ohas::cost {

template <typename... Args>
llvm::Error makeError(fmt::format_string<Args...> text, Args &&...args) {
  // As a Twine: createStringError would read a % of the text as a format.
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(),
      llvm::Twine(fmt::format(text, std::forward<Args>(args)...)));
}

/// Puts `where` in front of an error's message.
inline llvm::Error prefix(const std::string &where, llvm::Error error) {
  return makeError("{}: {}", where, llvm::toString(std::move(error)));
}

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_ERRORS_H
