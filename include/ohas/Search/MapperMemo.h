//===- MapperMemo.h - Mappings that are known -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_MAPPERMEMO_H
#define OHAS_SEARCH_MAPPERMEMO_H

#include "ohas/Search/Mapper.h"
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace ohas::search {

/// The mapper's results, by workload and accelerator, as far as a network needs
/// them. May be used by several threads at once; all ask with the same options.
/// The oldest results are forgotten where there are very many.
class MapperMemo {
public:
  struct Mapped {
    std::vector<MappedPoint> front; ///< as of MapperResult
    uint64_t evaluated = 0;
    std::string error; ///< instead of a front
  };

  explicit MapperMemo(const MapperOptions &options) : options(options) {}

  /// `key` says all that the mapper looks at (see lib/Search/Fingerprint.h).
  std::shared_ptr<const Mapped> map(const cost::Workload &workload,
                                    const cost::Accelerator &accelerator,
                                    const std::string &key);

private:
  MapperOptions options;
  std::mutex mutex;
  std::unordered_map<std::string, std::shared_ptr<const Mapped>> known;
  std::deque<std::string> keys; ///< of `known`, the oldest first
};

} // namespace ohas::search

#endif // OHAS_SEARCH_MAPPERMEMO_H
