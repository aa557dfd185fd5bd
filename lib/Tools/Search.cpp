//===- Search.cpp - ohas-opt --search ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "SearchReport.h"
#include "fmt/format.h"
#include "llvm/Support/Process.h"
#include <csignal>

using namespace mlir;
using namespace ohas;

/// Set by an interrupt; a search ends with what it has.
static std::atomic<bool> interrupted = false;

static std::string formatTime(double seconds) {
  auto whole = int64_t(std::min(seconds + 0.5, 9e15));
  if (whole < 60)
    return fmt::format("{} s", whole);
  if (whole < 3600)
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

/// A line that overwrites itself, only where somebody watches.
static void showProgress(const search::Progress &progress) {
  std::string line;
  if (progress.evaluated == 0) {
    line = fmt::format("bounds of {} of {:.6g} designs", progress.bounded,
                       progress.spaceSize);
  } else {
    line = fmt::format("{} of {:.6g} designs, {} mapped, {:.1f}/s",
                       progress.evaluated, progress.spaceSize, progress.mapped,
                       double(progress.mapped) / progress.seconds);
    if (progress.best)
      line += fmt::format(", best EDP {:.4g} J s",
                          edpJs(progress.best->outcome.totals));
    if (progress.gap)
      line += fmt::format(" (within x {:.3f} of the least possible)",
                          *progress.gap);
    line += fmt::format(", {} on the front", progress.frontSize);
    if (progress.secondsLeft)
      line += ", " + formatTime(*progress.secondsLeft) + " left";
  }
  // To the end of the line, where a longer one was.
  llvm::errs() << '\r' << line << "\x1b[K";
}

static std::optional<RunResult>
searchAll(llvm::MutableArrayRef<NamedNetwork> networks,
          const DriverOptions &options) {
  DesignSearch search(networks, options);
  if (failed(search.prepare()))
    return std::nullopt;
  std::signal(SIGINT, [](int) { interrupted = true; });
  bool watched = llvm::sys::Process::StandardErrIsDisplayed();
  search::SearchResult result = search.run(
      interrupted,
      watched ? showProgress : std::function<void(const search::Progress &)>());
  if (watched)
    llvm::errs() << '\n';

  llvm::Expected<RunResult> outcome = reportSearch(search, result);
  if (!outcome) {
    reportError(outcome.takeError());
    return std::nullopt;
  }
  return std::move(*outcome);
}

int ohas::runSearch(llvm::MutableArrayRef<NamedNetwork> networks,
                    const DriverOptions &options) {
  return runOverDeviceSets(networks, options, searchAll);
}
