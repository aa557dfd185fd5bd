//===- Journal.cpp - What a search has found out, on disk -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Journal.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace ohas::search;
namespace json = llvm::json;

static constexpr llvm::StringLiteral schema = "ohas.journal/1";

static llvm::Error failure(llvm::StringRef path, const llvm::Twine &what) {
  return llvm::createStringError("journal '" + path + "' " + what);
}

static constexpr std::pair<Status, llvm::StringLiteral> statusNames[] = {
    {Status::Feasible, "feasible"},
    {Status::Infeasible, "infeasible"},
    {Status::Beaten, "beaten"}};

static llvm::StringRef nameOf(Status status) {
  for (auto [other, name] : statusNames)
    if (other == status)
      return name;
  llvm_unreachable("nothing was mapped");
}

static std::optional<Status> parseStatus(llvm::StringRef text) {
  for (auto [status, name] : statusNames)
    if (name == text)
      return status;
  return std::nullopt;
}

/// Numbers as text: JSON's have 53 bits in many readers, keys have 64.
static json::Value toJson(const std::map<std::string, double> &knobs,
                          const Outcome &outcome) {
  json::Object names;
  for (const auto &[name, value] : knobs)
    names[name] = value;
  json::Array reasons, effort;
  for (const Rejection &rejection : outcome.rejections)
    reasons.push_back(
        json::Array{rejection.kind, rejection.message, rejection.violation});
  for (const LayerEffort &layer : outcome.effort)
    effort.push_back(json::Array{layer.key, layer.mappings});
  const Totals &totals = outcome.totals;
  return json::Object{
      {"knobs", std::move(names)},      {"status", nameOf(outcome.status)},
      {"latency_ps", totals.latencyPs}, {"energy_fj", totals.energyFj},
      {"area_um2", totals.areaUm2},     {"peak_power_uw", totals.peakPowerUw},
      {"reasons", std::move(reasons)},  {"mappings", std::move(effort)}};
}

static bool fromJson(const json::Value &value,
                     std::map<std::string, double> &knobs, Outcome &outcome) {
  const json::Object *object = value.getAsObject();
  if (!object)
    return false;
  json::Path::Root root;
  json::ObjectMapper map(value, root);
  std::string status;
  Totals &totals = outcome.totals;
  if (!map || !map.map("knobs", knobs) || !map.map("status", status) ||
      !map.map("latency_ps", totals.latencyPs) ||
      !map.map("energy_fj", totals.energyFj) ||
      !map.map("area_um2", totals.areaUm2) ||
      !map.map("peak_power_uw", totals.peakPowerUw))
    return false;
  if (std::optional<Status> parsed = parseStatus(status))
    outcome.status = *parsed;
  else
    return false;
  const json::Array *reasons = object->getArray("reasons"),
                    *effort = object->getArray("mappings");
  if (!reasons || !effort)
    return false;
  for (const json::Value &entry : *reasons) {
    const json::Array *reason = entry.getAsArray();
    if (!reason || reason->size() != 3)
      return false;
    auto kind = (*reason)[0].getAsString(),
         message = (*reason)[1].getAsString();
    auto violation = (*reason)[2].getAsNumber();
    if (!kind || !message || !violation)
      return false;
    outcome.rejections.push_back({kind->str(), message->str(), *violation});
  }
  for (const json::Value &entry : *effort) {
    const json::Array *layer = entry.getAsArray();
    if (!layer || layer->size() != 2)
      return false;
    auto key = (*layer)[0].getAsUINT64(), mappings = (*layer)[1].getAsUINT64();
    if (!key || !mappings)
      return false;
    outcome.effort.push_back({*key, *mappings});
  }
  return true;
}

static std::string headLine(llvm::StringRef search) {
  std::string line;
  llvm::raw_string_ostream(line)
      << json::Value(json::Object{{"schema", schema}, {"search", search}})
      << '\n';
  return line;
}

/// The line of the search first.
llvm::Error Journal::read(llvm::StringRef text, llvm::StringRef search) {
  bool isFirst = true;
  while (true) {
    auto [line, rest] = text.split('\n');
    if (line.size() == text.size()) {
      // Unfinished; but nobody's letter is a first line that was cut off.
      if (isFirst && !llvm::StringRef(headLine(search)).starts_with(line))
        return failure(path,
                       "is none: it does not begin with a line of " + schema);
      return llvm::Error::success();
    }
    llvm::Expected<json::Value> value = json::parse(line);
    if (!value)
      return failure(path, "is damaged: " + llvm::toString(value.takeError()));
    if (isFirst) {
      const json::Object *head = value->getAsObject();
      if (!head || head->getString("schema") != schema)
        return failure(path,
                       "is none: it does not begin with a line of " + schema);
      if (head->getString("search") != search)
        return failure(path, "is that of another search (network, accelerator, "
                             "constraints, objective, budgets or version "
                             "differ): name another file or remove it");
    } else {
      Knobs knobs;
      Outcome outcome;
      if (!fromJson(*value, knobs, outcome))
        return failure(path, "is damaged: " + line);
      found.insert_or_assign(std::move(knobs), std::move(outcome));
    }
    isFirst = false;
    validSize += line.size() + 1;
    text = rest;
  }
}

llvm::Expected<std::unique_ptr<Journal>> Journal::open(llvm::StringRef path,
                                                       llvm::StringRef search) {
  std::unique_ptr<Journal> journal(new Journal(path));
  int file;
  if (std::error_code error = llvm::sys::fs::openFileForReadWrite(
          path, file, llvm::sys::fs::CD_OpenAlways, llvm::sys::fs::OF_None))
    return failure(path, "cannot be opened: " + error.message());
  journal->out = std::make_unique<llvm::raw_fd_ostream>(
      file, /*shouldClose=*/true, /*unbuffered=*/true);
  if (llvm::sys::fs::tryLockFile(file))
    return failure(path, "is in use by another process");
  auto buffer = llvm::MemoryBuffer::getOpenFile(
      llvm::sys::fs::convertFDToNativeFile(file), path, /*FileSize=*/-1,
      /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (!buffer)
    return failure(path, "cannot be read: " + buffer.getError().message());
  if (llvm::Error error = journal->read((*buffer)->getBuffer(), search))
    return error;
  // A line that was being written when its process died.
  if (std::error_code error =
          llvm::sys::fs::resize_file(file, journal->validSize))
    return failure(path, "cannot be written: " + error.message());
  journal->out->seek(journal->validSize);
  if (journal->validSize == 0) {
    *journal->out << headLine(search);
    if (journal->out->has_error())
      return failure(path,
                     "cannot be written: " + journal->out->error().message());
  }
  return journal;
}

Journal::~Journal() {
  if (out)
    out->clear_error(); // told where it happened
}

std::optional<Outcome> Journal::find(const cost::DesignPoint &point) const {
  auto outcome = found.find(point.knobs);
  if (outcome == found.end())
    return std::nullopt;
  return outcome->second;
}

llvm::Error Journal::add(const cost::DesignPoint &point,
                         const Outcome &outcome) {
  // One write a line, so that lines of threads do not mix.
  std::string line;
  llvm::raw_string_ostream(line) << toJson(point.knobs, outcome) << '\n';
  std::lock_guard<std::mutex> lock(mutex);
  *out << line;
  if (out->has_error())
    return failure(path, "cannot be written: " + out->error().message());
  return llvm::Error::success();
}
