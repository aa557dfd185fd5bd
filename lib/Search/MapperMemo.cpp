//===- MapperMemo.cpp - Mappings that are known -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/MapperMemo.h"

using namespace ohas::search;
using namespace ohas;

/// Some hundred designs of a network; a hundred megabytes or two.
static constexpr size_t maxKnown = 1 << 13;

std::shared_ptr<const MapperMemo::Mapped>
MapperMemo::map(const cost::Workload &workload,
                const cost::Accelerator &accelerator, const std::string &key) {
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (auto found = known.find(key); found != known.end())
      return found->second;
  }
  // Two threads may map the same layer at once; both find the same.
  auto mapped = std::make_shared<Mapped>();
  llvm::Expected<MapperResult> result =
      findMapping(workload, accelerator, options);
  if (result) {
    mapped->front = std::move(result->front);
    mapped->evaluated = result->evaluated;
  } else {
    mapped->error = llvm::toString(result.takeError());
  }
  std::lock_guard<std::mutex> lock(mutex);
  auto [place, isNew] = known.emplace(key, std::move(mapped));
  std::shared_ptr<const Mapped> entry = place->second;
  if (isNew)
    keys.push_back(key);
  if (keys.size() > maxKnown) {
    known.erase(keys.front());
    keys.pop_front();
  }
  return entry;
}
