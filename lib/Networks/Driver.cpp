//===- Driver.cpp - Command line of ohas-networks ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Networks/Networks.h"
#include "ohas/Support/OutputFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"
#include <fmt/format.h>

using namespace ohas::networks;
namespace cl = llvm::cl;

namespace {
struct CommandLine {
  cl::OptionCategory category{"ohas-networks options"};
  cl::list<std::string> names{cl::Positional, cl::desc("<network>..."),
                              cl::cat(category)};
  cl::opt<bool> list{"list", cl::desc("List the networks"), cl::cat(category)};
  cl::opt<bool> everything{"all", cl::desc("Write every network"),
                           cl::cat(category)};
  cl::opt<std::string> output{
      "o", cl::value_desc("file"), cl::cat(category),
      cl::desc(
          "Where to write one network (default: NETWORK.onnx, -: stdout)")};
  cl::opt<std::string> folder{
      "output-dir", cl::value_desc("folder"), cl::cat(category),
      cl::desc("Folder for NETWORK.onnx, made if missing (default: .)")};
  cl::opt<int64_t> batch{"batch", cl::init(1), cl::value_desc("n"),
                         cl::desc("Inputs per inference (default: 1)"),
                         cl::cat(category)};
  cl::opt<bool> dynamicBatch{"dynamic-batch", cl::cat(category),
                             cl::desc("Leave the batch a symbol, \"batch\"")};
  cl::opt<int64_t> sequence{
      "seq", cl::value_desc("n"), cl::cat(category),
      cl::desc("Tokens of one input, for networks on text (default: 128)")};
};
} // namespace

static llvm::Error error(const std::string &text) {
  return llvm::createStringError(text);
}

static llvm::Error list() {
  std::string text;
  for (const Network &network : all()) {
    text += fmt::format("{:<12} {}", network.name.str(), network.summary.str());
    if (network.sequence)
      text += fmt::format(", --seq {} (at most {})", network.sequence,
                          network.maxSequence);
    text += '\n';
  }
  return ohas::writeOutputFile("-", text);
}

static llvm::Error checkCommandLine(const CommandLine &line) {
  if (line.everything && !line.names.empty())
    return error("--all and names of networks exclude each other");
  if (!line.everything && line.names.empty())
    return error("name a network, or say --all; --list shows them");
  if (!line.output.empty() && (line.everything || line.names.size() != 1))
    return error("-o takes one network: use --output-dir for several");
  if (!line.output.empty() && !line.folder.empty())
    return error("-o and --output-dir exclude each other");
  if (line.sequence.getNumOccurrences() && line.sequence < 1)
    return error("the sequence length must be positive");
  if (line.dynamicBatch && line.batch.getNumOccurrences())
    return error("--batch and --dynamic-batch exclude each other");
  return llvm::Error::success();
}

static llvm::Error run(const CommandLine &line) {
  if (line.list)
    return list();
  if (llvm::Error problem = checkCommandLine(line))
    return problem;
  llvm::SmallVector<std::string> names(line.names.begin(), line.names.end());
  if (line.everything)
    for (const Network &network : all())
      names.push_back(network.name.str());

  // Everything is built before anything is written: a wrong name leaves no
  // files behind.
  llvm::SmallVector<std::pair<std::string, std::string>> files;
  for (const std::string &name : names) {
    Options options{line.batch, line.sequence, line.dynamicBatch};
    const Network *network = llvm::find_if(
        all(), [&](const Network &known) { return known.name == name; });
    // With --all, --seq is for those that have one.
    if (line.everything && network->sequence == 0)
      options.sequence = 0;
    llvm::Expected<std::string> bytes = serialize(name, options);
    if (!bytes)
      return bytes.takeError();
    llvm::SmallString<128> path(line.output);
    if (path.empty()) {
      path = line.folder;
      llvm::sys::path::append(path, name + ".onnx");
    }
    files.emplace_back(path.str(), std::move(*bytes));
  }
  if (!line.folder.empty())
    if (std::error_code code =
            llvm::sys::fs::create_directories(line.folder.getValue()))
      return error(fmt::format("cannot make the folder '{}': {}",
                               line.folder.getValue(), code.message()));
  for (const auto &[path, bytes] : files)
    if (llvm::Error problem = ohas::writeOutputFile(path, bytes))
      return problem;
  return llvm::Error::success();
}

int ohas::networks::networksMain(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  CommandLine line;
  cl::HideUnrelatedOptions(line.category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "ohas-networks " OHAS_VERSION "\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "Writes well-known networks as ONNX models: structure and shapes, no "
      "weights\n");
  if (llvm::Error problem = run(line)) {
    llvm::WithColor::error(llvm::errs(), "ohas-networks")
        << llvm::toString(std::move(problem)) << '\n';
    return 1;
  }
  return 0;
}
