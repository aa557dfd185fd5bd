//===- Journal.h - What a search has found out, on disk ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A line of JSON for the search and one for every design that was mapped, added
// as soon as it is known. A process that dies leaves at most its last line
// unfinished; the next one takes the others as they are and goes on.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_JOURNAL_H
#define OHAS_SEARCH_JOURNAL_H

#include "ohas/Search/Outcome.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <mutex>

namespace ohas::search {

class Journal {
public:
  /// Opens or creates a file. `search` is equal for searches in which equal
  /// designs come out equally. Errors: the file cannot be read or written, is
  /// in use, is no journal, or is that of another search.
  static llvm::Expected<std::unique_ptr<Journal>> open(llvm::StringRef path,
                                                       llvm::StringRef search);
  ~Journal();

  std::optional<Outcome> find(const cost::DesignPoint &point) const;
  /// Errors: what could not be written. May be called on several threads.
  llvm::Error add(const cost::DesignPoint &point, const Outcome &outcome);
  /// Designs that were known when it was opened.
  size_t numFound() const { return found.size(); }

private:
  using Knobs = std::map<std::string, double>;
  explicit Journal(llvm::StringRef path) : path(path) {}
  llvm::Error read(llvm::StringRef text, llvm::StringRef search);

  std::string path;
  std::map<Knobs, Outcome> found; ///< not changed after opening
  uint64_t validSize = 0;         ///< of complete lines
  std::unique_ptr<llvm::raw_fd_ostream> out;
  std::mutex mutex; ///< of `out`
};

} // namespace ohas::search

#endif // OHAS_SEARCH_JOURNAL_H
