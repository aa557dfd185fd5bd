//===- Functions.cpp - Device models in expressions -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Functions.h"
#include "ohas/CostModel/Devices/Adc.h"
#include "ohas/CostModel/Devices/Comb.h"
#include "ohas/CostModel/Devices/Crosstalk.h"
#include "ohas/CostModel/Devices/Dac.h"
#include "ohas/CostModel/Devices/Laser.h"
#include "ohas/CostModel/Devices/MachZehnder.h"
#include "ohas/CostModel/Devices/Microring.h"
#include "ohas/CostModel/Devices/MziMesh.h"
#include "ohas/CostModel/Devices/Passive.h"
#include "ohas/CostModel/Devices/PhaseShifter.h"
#include "ohas/CostModel/Devices/Photodetector.h"
#include "ohas/CostModel/Devices/Scalability.h"
#include "ohas/CostModel/Devices/Tia.h"
#include "ohas/CostModel/Devices/Waveguide.h"
#include "ohas/CostModel/Devices/YBranch.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::device;

#define ARTIFACT "Lightening-Transformer artifact, HPCA 2024, "
#define SURVEY                                                                 \
  "accelergy-adc-plug-in@6851cb8, fit to B. Murmann's ADC survey; optimistic"
#define DETECTOR                                                               \
  "Al-Qadasi et al., APL Photonics 7 (2022), Eq. 8; 300 K assumed"
#define TEXTBOOK "assumed: textbook"

/// Where an unreachable value meets an expression, it is infinite.
static double orInfinite(std::optional<double> value) {
  return value.value_or(std::numeric_limits<double>::infinity());
}

static constexpr Function table[] = {
    {"adc_flash_mw", "bits, rate_ghz, known_mw, known_bits, known_ghz",
     "mW of a flash ADC: known_mw x (2^bits - 1) / (2^known_bits - 1) x "
     "rate_ghz / known_ghz",
     "up to the bits and the rate of the known one", ARTIFACT "hardware/ADC.py",
     [](const double *x) {
       return flashAdcMw({x[2], x[3], x[4]}, x[0], x[1]);
     }},
    {"adc_sar_mw", "bits, rate_ghz, known_mw, known_bits, known_ghz",
     "mW of a SAR ADC: known_mw x bits / known_bits x rate_ghz / known_ghz",
     "up to the bits and the rate of the known one", ARTIFACT "hardware/ADC.py",
     [](const double *x) { return sarAdcMw({x[2], x[3], x[4]}, x[0], x[1]); }},
    {"adc_survey_fj", "bits, rate_ghz, node_nm",
     "fJ per conversion: exp(31.487 + 1.880 ln node - 2.829 ln bits) / (2 x "
     "10^((FOM - SNDR) / 10)), FOM = min(213.78 - 2.872 ln Hz, 128.31 + 3.2205 "
     "bits), SNDR = 6.0206 bits + 1.761",
     "4 bits (fewer count as 4) and more; to 10 GS/s, beyond extrapolated",
     SURVEY, [](const double *x) { return surveyAdcFj(x[0], x[1], x[2]); }},
    {"adc_survey_um2", "bits, rate_ghz, node_nm",
     "um2: exp(1.346 + 0.9933 ln node + 0.1807 ln Hz + 0.2991 ln pJ), pJ as in "
     "adc_survey_fj",
     "as adc_survey_fj", SURVEY,
     [](const double *x) { return surveyAdcUm2(x[0], x[1], x[2]); }},
    {"awg_channels", "fsr_nm, spacing_nm", "floor(fsr_nm / spacing_nm)",
     "both above 0", TEXTBOOK,
     [](const double *x) { return awgChannels(x[0], x[1]); }},
    {"bank_channels", "budget_db, db_per_channel, db_per_doubling",
     "largest N with 10 log10 N + (N - 1) db_per_channel + log2 N x "
     "db_per_doubling <= budget_db, or 0",
     "losses of 0 and more; N to 1e15",
     "Vatsavai and Thakkar, TCAD 2022, Eq. 11",
     [](const double *x) { return bankChannels(x[0], x[1], x[2]); }},
    {"comb_mw", "line_dbm, lines, conversion, wall_plug",
     "electrical mW: lines x 10^(line_dbm / 10) / conversion / wall_plug",
     "at least 1 line; efficiencies above 0, up to 1",
     "assumed: lines of one power",
     [](const double *x) { return combMw({x[1], x[2], {x[3]}}, x[0]); }},
    {"dac_mw", "bits, rate_ghz, known_mw, known_bits, known_ghz",
     "mW: known_mw x (2^bits / bits) / (2^known_bits / known_bits) x rate_ghz "
     "/ "
     "known_ghz",
     "up to the bits and the rate of the known one", ARTIFACT "hardware/DAC.py",
     [](const double *x) { return dacMw({x[2], x[3], x[4]}, x[0], x[1]); }},
    {"detector_dbm",
     "bits, rate_ghz, responsivity_a_w, dark_na, load_ohm, rin_db_hz",
     "least optical dBm for that many bits; infinite where RIN forbids them: "
     "detector_enob solved for dbm",
     "linear, unsaturated detector", DETECTOR,
     [](const double *x) {
       return orInfinite(detectorDbm({x[2], x[3], x[4], x[5]}, x[0], x[1]));
     }},
    {"detector_enob",
     "dbm, rate_ghz, responsivity_a_w, dark_na, load_ohm, rin_db_hz",
     "bits: (20 log10 SNR - 1.76) / 6.02, SNR = R P / ((sqrt(2q(RP + Id) + "
     "4kT/RL + (RP)^2 RIN) + sqrt(2q Id + 4kT/RL)) sqrt(rate / sqrt 2))",
     "linear, unsaturated detector", DETECTOR,
     [](const double *x) {
       return detectorEnob({x[2], x[3], x[4], x[5]}, x[0], x[1]);
     }},
    {"detector_rin_pa", "dbm, responsivity_a_w, rin_db_hz",
     "pA per square root of Hz: R P 10^(rin / 20)", "as detector_enob",
     DETECTOR,
     [](const double *x) { return rinNoisePa({x[1], 0, 1, x[2]}, x[0]); }},
    {"detector_shot_pa", "dbm, responsivity_a_w, dark_na",
     "pA per square root of Hz: sqrt(2q(RP + Id))", "as detector_enob",
     DETECTOR,
     [](const double *x) { return shotNoisePa({x[1], x[2], 1, 0}, x[0]); }},
    {"detector_thermal_pa", "load_ohm",
     "pA per square root of Hz: sqrt(4kT/RL)", "above 0 ohm", DETECTOR,
     [](const double *x) { return thermalNoisePa({1, 0, x[0], 0}); }},
    {"extinction_penalty_db", "extinction_db",
     "dB of laser power that a finite extinction ratio r costs: 10 log10(r / "
     "(r - 1))",
     "above 0 dB", "assumed: ours",
     [](const double *x) { return extinctionPenaltyDb(x[0]); }},
    {"laser_mw", "optical_dbm, wall_plug",
     "electrical mW: 10^(optical_dbm / 10) / wall_plug",
     "wall_plug above 0, up to 1", ARTIFACT "hardware/photonic_crossbar.py",
     [](const double *x) { return laserMw({x[1]}, x[0]); }},
    {"lorentzian_db", "detuning_nm, fwhm_nm",
     "dB lost to the drop port of a ring: 10 log10(1 + (2 detuning / fwhm)^2)",
     "detuning far below the FSR", TEXTBOOK,
     [](const double *x) { return ringDropDb(x[0], x[1]); }},
    {"mesh_depth_rectangular", "modes",
     "interferometers in series: modes; below 3, modes - 1",
     "at least 1 mode; Clements", ARTIFACT "hardware/photonic_MZI.py",
     [](const double *x) { return rectangularMeshDepth(x[0]); }},
    {"mesh_depth_triangular", "modes",
     "interferometers in series: 2 modes - 3; for 1 mode, 0",
     "at least 1 mode; Reck", TEXTBOOK,
     [](const double *x) { return triangularMeshDepth(x[0]); }},
    {"mesh_mzis", "modes",
     "interferometers of a unitary mesh: modes (modes - 1) / 2",
     "at least 1 mode; a matrix takes two meshes",
     ARTIFACT "hardware/photonic_MZI.py",
     [](const double *x) { return meshMzis(x[0]); }},
    {"mesh_program_ns", "mzis, at_once, response_ns",
     "ns: ceil(mzis / at_once) x response_ns", "at least 1 at once",
     "assumed: ours",
     [](const double *x) { return meshProgramNs(x[0], x[1], x[2]); }},
    {"modulator_mw", "fj_per_symbol, rate_ghz, static_mw",
     "mW: fj_per_symbol x rate_ghz / 1000 + static_mw", "up to its bandwidth",
     ARTIFACT "hardware/photonic_crossbar.py",
     [](const double *x) { return modulatorMw({x[0], x[2]}, x[1]); }},
    {"phase_shifter_mw", "phase_rad, pi_mw",
     "mW: pi_mw x (phase_rad modulo 2 pi) / pi", "thermo-optic", TEXTBOOK,
     [](const double *x) { return phaseShifterMw(x[0], x[1]); }},
    {"ring_crosstalk", "channels, q, fsr_nm, wavelength_nm",
     "neighbours' power / own power: n tanh(g / 2) / tanh(n g / 2) - 1, g = pi "
     "wavelength / (q fsr)",
     "finesse of 1 to 1e12; symbol rates far below the line's width",
     "assumed: derived from the Lorentzian line",
     [](const double *x) { return ringCrosstalk({x[3], x[1], x[2]}, x[0]); }},
    {"ring_crosstalk_channels", "bits, q, fsr_nm, wavelength_nm",
     "largest n with ring_crosstalk <= 2^-(bits + 1), half of the last bit",
     "as ring_crosstalk", "assumed: derived from the Lorentzian line",
     [](const double *x) {
       return ringCrosstalkChannels({x[3], x[1], x[2]}, x[0]);
     }},
    {"ring_finesse", "q, fsr_nm, wavelength_nm", "fsr x q / wavelength",
     "all above 0", TEXTBOOK,
     [](const double *x) { return ringFinesse({x[2], x[0], x[1]}); }},
    {"ring_fsr_nm", "wavelength_nm, group_index, circumference_um",
     "nm: wavelength^2 / (group_index x circumference)", "all above 0",
     TEXTBOOK, [](const double *x) { return ringFsrNm(x[0], x[1], x[2]); }},
    {"ring_fwhm_nm", "q, wavelength_nm", "nm: wavelength / q", "all above 0",
     TEXTBOOK "; agrees with Vatsavai and Thakkar, TCAD 2022, Table VII",
     [](const double *x) { return ringFwhmNm(x[1], x[0]); }},
    {"ring_row_db", "rings, db_per_ring",
     "dB of passing all rings of a row but one: (rings - 1) x db_per_ring",
     "at least 1 ring", ARTIFACT "hardware/photonic_mrr_bank.py",
     [](const double *x) { return ringRowDb(x[0], x[1]); }},
    {"ring_through_db", "detuning_nm, fwhm_nm, extinction_db",
     "dB lost past a ring: -10 log10(1 - (1 - 10^(-extinction_db / 10)) / (1 + "
     "(2 detuning / fwhm)^2))",
     "detuning far below the FSR", TEXTBOOK,
     [](const double *x) { return ringThroughDb(x[0], x[1], x[2]); }},
    {"ring_tuning_mw", "shift_nm, fsr_nm, mw_per_fsr",
     "mW: mw_per_fsr x abs(shift_nm) / fsr_nm", "up to one FSR",
     "Vatsavai and Thakkar, TCAD 2022, Table VII (unit of its values)",
     [](const double *x) { return ringTuningMw({x[2], 0}, x[0], x[1]); }},
    {"sample_fj", "mw, rate_ghz", "fJ per sample: mw x 1000 / rate_ghz",
     "rate above 0", "units",
     [](const double *x) { return sampleFj(x[0], x[1]); }},
    {"split_db", "ways", "dB: 10 log10 ways", "at least 1 way",
     ARTIFACT "hardware/photonic_crossbar.py",
     [](const double *x) { return splitDb(x[0]); }},
    {"tree_db", "ways, branch_db",
     "dB in excess of the split: branch_db x ceil(log2 ways)", "at least 1 way",
     ARTIFACT "hardware/photonic_crossbar.py",
     [](const double *x) { return treeDb(x[0], x[1]); }},
    {"waveguide_db",
     "length_mm, db_per_cm, bends, bend_db, crossings, crossing_db",
     "dB: length_mm / 10 x db_per_cm + bends x bend_db + crossings x "
     "crossing_db",
     "counts and length of 0 and more", "units",
     [](const double *x) {
       return waveguideDb({x[1], x[3], x[5]}, x[0], x[2], x[4]);
     }},
};

llvm::ArrayRef<Function> device::functions() { return table; }

const Function *device::findFunction(llvm::StringRef name) {
  const Function *found =
      llvm::lower_bound(table, name, [](const Function &f, llvm::StringRef n) {
        return f.name < n;
      });
  return found != std::end(table) && found->name == name ? found : nullptr;
}
