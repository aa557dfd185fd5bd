//===- Networks.h - Well-known networks as ONNX models ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_NETWORKS_NETWORKS_H
#define OHAS_NETWORKS_NETWORKS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>

namespace ohas::networks {

/// What can be said of a network before it is built.
struct Network {
  llvm::StringLiteral name;
  llvm::StringLiteral summary;
  /// Tokens of one input, and the most that its position embedding holds;
  /// 0 where the network does not take text.
  int64_t sequence = 0;
  int64_t maxSequence = 0;
};

struct Options {
  int64_t batch = 1;
  /// Tokens; 0 is the network's own default.
  int64_t sequence = 0;
  /// The batch is the symbol "batch" instead of a number.
  bool dynamicBatch = false;
};

/// The networks that can be built, in the order in which they are listed.
llvm::ArrayRef<Network> all();

/// The bytes of an ONNX model with the graph of `name`: structure and shapes
/// as the usual exporters write them. The weights have names and shapes, and
/// refer to an external file that is not part of it.
llvm::Expected<std::string> serialize(llvm::StringRef name,
                                      const Options &options = {});

/// The command line tool; returns its exit status.
int networksMain(int argc, char **argv);

} // namespace ohas::networks

#endif // OHAS_NETWORKS_NETWORKS_H
