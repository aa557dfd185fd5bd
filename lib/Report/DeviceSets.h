//===- DeviceSets.h - A result over several device sets ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_REPORT_DEVICESETS_H
#define OHAS_LIB_REPORT_DEVICESETS_H

#include "ohas/Report/Report.h"
#include "llvm/Support/JSON.h"

namespace ohas::report {

/// A table of the device sets, the range over them, and in a search whether
/// they agree on the winner.
void writeDeviceSets(const Report &report, llvm::raw_ostream &os);
/// The attribute "device_sets" of the report.
void writeDeviceSets(const Report &report, llvm::json::OStream &json);

} // namespace ohas::report

#endif // OHAS_LIB_REPORT_DEVICESETS_H
