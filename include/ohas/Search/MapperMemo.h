//===- MapperMemo.h - Mappings that are known -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_MAPPERMEMO_H
#define OHAS_SEARCH_MAPPERMEMO_H

#include "ohas/Search/Mapper.h"
#include <memory>
#include <mutex>
#include <unordered_map>

namespace ohas::search {

/// The mapper's results, by workload and accelerator. May be used by several
/// threads at once; all ask with the same options.
class MapperMemo {
public:
  struct Mapped {
    MapperResult result;
    std::string error; ///< instead of a result
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
};

} // namespace ohas::search

#endif // OHAS_SEARCH_MAPPERMEMO_H
