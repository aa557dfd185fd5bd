//===- OpticalAcceleratorOps.td - Accelerators -------------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_ACCELERATOR_OPS
#define OHAS_OPTICAL_ACCELERATOR_OPS

include "ohas/Optical/OpticalAttrs.td"
include "ohas/Optical/OpticalInterfaces.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

//===----------------------------------------------------------------------===//
// Expressions as attributes
//===----------------------------------------------------------------------===//

def Optical_ExpressionAttr
    : StringBasedAttr<CPred<"::llvm::isa<::mlir::StringAttr>($_self)">,
                      "expression over knobs, devices and definitions">;
def Optical_Expression : OptionalAttr<Optical_ExpressionAttr>;

/// `arguments` and `clauses` (for an oilist) of named expressions.
class Expressions<list<string> names> {
  dag arguments = !dag(ins, !foreach(n, names, Optical_Expression), names);
  string clauses = !interleave(
      !foreach(n, names, "`" # n # "` custom<Expression>($" # n # ")"), " | ");
}

defvar levelExpressions = ["count", "area_um2", "static_uw", "clock_ghz"];
defvar levelArguments = (ins SymbolNameAttr:$sym_name,
                             OptionalAttr<Optical_DutyAttr>:$duty,
                             OptionalAttr<StrAttr>:$source);
defvar levelClauses = "`duty` custom<Keyword>($duty) | `source` custom<Required>($source)";

class Optical_LevelOp<string mnemonic, list<string> names, list<Trait> traits>
    : Optical_Op<mnemonic, !listconcat([Symbol, HasParent<"AcceleratorOp">,
          DeclareOpInterfaceMethods<OpticalLevelOp, ["getLevelKind"]>],
          traits)> {
  defvar expressions = Expressions<!listconcat(levelExpressions, names)>;
  dag common = !con(levelArguments, expressions.arguments);
  string clauses = !strconcat(expressions.clauses, " | ", levelClauses);
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// The accelerator
//===----------------------------------------------------------------------===//

defvar acceleratorExpressions = Expressions<[
    "clock_ghz", "weight_bits", "input_bits", "output_bits",
    "accumulator_bits", "fill_ns"]>;

def Optical_AcceleratorOp : Optical_Op<"accelerator", [
    Symbol, SymbolTable, IsolatedFromAbove, NoTerminator, SingleBlock,
    NoRegionArguments, RegionKindInterface]> {
  let summary = "an optical accelerator";
  let description = [{
    Everything in its body is a symbol. The levels form a nest, outermost first:
    the first is a memory that keeps all three tensors, the last is the only
    compute level. A fan-out makes copies of all levels after it.

    `fill_ns` is the time until the first result of a contraction is there.

    `configured` is the design point that was chosen; without it all knobs have
    their defaults and the first device set is used.

    ```mlir
    optical.accelerator @tiny title "Two by four" clock_ghz clock
        weight_bits 4 input_bits 4 output_bits 8
        configured <knobs = {clock = 10}> {
      optical.knob @clock = 5 in [5, 10] "GHz"
      optical.memory @dram keeps weight, input, output read_fj_per_bit 8000
      optical.converter @dac input from digital to optical energy_fj 2 * clock
      optical.fanout @columns x 4 over [M] input broadcast wired
      optical.compute @mac
    }
    ```
  }];
  let arguments = !con(
      (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$title,
           OptionalAttr<StrAttr>:$source,
           OptionalAttr<Optical_DesignPointAttr>:$configured),
      acceleratorExpressions.arguments);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = !strconcat("$sym_name oilist(`title` custom<Required>($title) | `source` custom<Required>($source) | ",
      acceleratorExpressions.clauses, " | `configured` custom<Required>($configured)) ",
      "attr-dict-with-keyword $body");
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// A body is a list of declarations; only definitions depend on order.
    static ::mlir::RegionKind getRegionKind(unsigned) {
      return ::mlir::RegionKind::Graph;
    }
    /// The levels, outermost first.
    ::llvm::SmallVector<::ohas::optical::OpticalLevelOp> getLevels();
    /// Knobs, device sets, devices, definitions, link, requirements; no levels.
    ::ohas::cost::AcceleratorSpec getEnvironmentSpec();
    /// The chosen design point; all defaults without `configured`.
    ::ohas::cost::DesignPoint getDesignPoint();
  }];
}

//===----------------------------------------------------------------------===//
// Names of numbers
//===----------------------------------------------------------------------===//

def Optical_KnobOp : Optical_Op<"knob", [Symbol, HasParent<"AcceleratorOp">]> {
  let summary = "a design variable";
  let description = [{
    The default, the values that a search tries unless told otherwise (the
    default among them), and what it means.

    ```mlir
    optical.accelerator @a {
      optical.knob @plcg = 9 in [3, 9, 27] "locally connected groups"
      optical.memory @dram keeps weight, input, output
      optical.fanout @groups x plcg over [M]
      optical.compute @mac
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, F64Attr:$default_value,
                       DenseF64ArrayAttr:$values,
                       OptionalAttr<StrAttr>:$description);
  let assemblyFormat = [{
    $sym_name `=` custom<Number>($default_value) `in` custom<Numbers>($values)
    ($description^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Optical_DeviceSetOp
    : Optical_Op<"device_set", [Symbol, HasParent<"AcceleratorOp">]> {
  let summary = "a named set of device values";
  let description = [{
    Publications disagree about device numbers by orders of magnitude, so a
    result says which set it stands on. The first set is the default.

    ```mlir
    optical.accelerator @a {
      optical.device_set @conservative source "fabricated, 2020"
      optical.device_set @aggressive source "projected, 2020"
      optical.device @ring_uw {conservative = 3100, aggressive = 155} unit "uW"
          source "table 3 of the publication"
      optical.memory @dram keeps weight, input, output
      optical.compute @mac static_uw ring_uw
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$source);
  let assemblyFormat = "$sym_name (`source` $source^)? attr-dict";
}

def Optical_DeviceOp
    : Optical_Op<"device", [Symbol, HasParent<"AcceleratorOp">]> {
  let summary = "a device number with its source";
  let description = [{
    One value for each device set, or one for all. Each names its source;
    `assumed` marks a number of our own (a source may then say why).

    ```mlir
    optical.accelerator @a {
      optical.device @adc_fj 1200 unit "fJ" source "a survey of converters"
      optical.device @hold_uw 3.5 unit "uW" assumed
      optical.memory @dram keeps weight, input, output
      optical.converter @adc output from analog to digital energy_fj adc_fj
      optical.compute @mac static_uw hold_uw
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<F64Attr>:$value,
                       OptionalAttr<DictionaryAttr>:$values,
                       OptionalAttr<StrAttr>:$unit, UnitAttr:$assumed,
                       OptionalAttr<StrAttr>:$source);
  let assemblyFormat = [{
    $sym_name custom<DeviceValues>($value, $values)
    oilist(`unit` custom<Required>($unit) | `assumed` $assumed | `source` custom<Required>($source)) attr-dict
  }];
  let hasVerifier = 1;
}

def Optical_DefineOp : Optical_Op<"define", [
    Symbol, ParentOneOf<["AcceleratorOp", "AccountingOp"]>]> {
  let summary = "a derived value";
  let description = [{
    May use knobs, devices and the definitions before it; inside an
    `optical.accounting` also the dims of the operation.

    ```mlir
    optical.accelerator @a {
      optical.knob @groups = 9 in [3, 9]
      optical.define @lanes = 7 * groups source "section 4.2"
      optical.memory @dram keeps weight, input, output
      optical.fanout @lane x lanes over [P, Q]
      optical.compute @mac
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Optical_ExpressionAttr:$value,
                       OptionalAttr<StrAttr>:$source);
  let assemblyFormat = [{
    $sym_name `=` custom<Expression>($value) (`source` $source^)? attr-dict
  }];
}

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

def Optical_MemoryOp : Optical_LevelOp<"memory", [
    "capacity_bits", "accumulate_limit", "read_fj_per_bit", "write_fj_per_bit",
    "read_bits_per_cycle", "write_bits_per_cycle", "write_latency_ns",
    "write_elements_per_ns", "weights_resident"], []> {
  let summary = "a level that can keep tensors";
  let description = [{
    `keeps` says what a mapping may keep here, `must` what it cannot pass by,
    `loops` which dims may loop over what lies below (any, if not given). A
    memory without `capacity_bits` is unlimited. `double_buffered` tiles take
    twice their size, a `half_duplex` memory reads or writes at a time, as DRAM
    does. `no_accumulate` receives no partial sums; `accumulate_limit` makes it
    an analog integrator whose content leaves after so many accumulated steps.
    `write_latency_ns` and `write_elements_per_ns` are the programming of slow
    weights. In a `resident` memory, which nothing
    copies, activations may stay from one operation to the next, and with
    `weights_resident` of 1 constant weights from one inference to the next.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.memory @buffer keeps weight, input must input loops [M, P, Q]
          capacity_bits 8 * 524288 read_fj_per_bit 6.8 double_buffered
          no_accumulate source "a memory compiler"
      optical.compute @mac
    }
    ```
  }];
  let arguments = !con(common, (ins StrArrayAttr:$keeps,
      OptionalAttr<StrArrayAttr>:$must, OptionalAttr<StrArrayAttr>:$loops,
      UnitAttr:$double_buffered, UnitAttr:$no_accumulate,
      UnitAttr:$resident, UnitAttr:$half_duplex));
  let assemblyFormat = !strconcat("$sym_name `keeps` custom<Names>($keeps) oilist(",
      "`must` custom<Names>($must) | `loops` custom<NameList>($loops) | ",
      "`double_buffered` $double_buffered | `no_accumulate` $no_accumulate | ",
      "`resident` $resident | `half_duplex` $half_duplex | ",
      clauses, ") attr-dict");
  let extraClassDeclaration = [{
    ::ohas::cost::TensorSet canKeep();
    ::ohas::cost::TensorSet mustKeep();
    /// The dims that may loop here; all, if none are listed.
    ::ohas::cost::DimSet temporalDims();
  }];
}

def Optical_ConverterOp
    : Optical_LevelOp<"converter", ["bits", "energy_fj", "rate_ghz"], []> {
  let summary = "a level where one tensor changes its form";
  let description = [{
    Elements of one tensor cross between `digital`, `analog` and `optical`. What
    lies below shares a conversion: placed above a fan-out, one modulator serves
    all its copies. With `hold` only changed elements are converted again. Energy
    is per element; `count` devices of `rate_ghz` work side by side. A converter
    to or from digital has `bits`, which are those that the accelerator gives the
    tensor where it does not say (`optical-finite-precision`).

    ```mlir
    optical.accelerator @a {
      optical.knob @bits = 8 in [4, 8, 12]
      optical.memory @dram keeps weight, input, output
      optical.converter @dac input from digital to analog hold count 63
          energy_fj "select(bits > 8, 2 * bits, 10)"
      optical.compute @mac
    }
    ```
  }];
  let arguments = !con(common, (ins Optical_TensorAttr:$tensor,
      Optical_DomainAttr:$from, Optical_DomainAttr:$to, UnitAttr:$hold));
  let assemblyFormat = !strconcat("$sym_name custom<Keyword>($tensor) `from` custom<Keyword>($from) `to` ",
      "custom<Keyword>($to) ",
      "oilist(`hold` $hold | ", clauses, ") attr-dict");
}

def Optical_FanoutOp
    : Optical_LevelOp<"fanout", ["max_weight", "max_input", "max_output"], []> {
  let summary = "copies of everything below";
  let description = [{
    `x` copies of all levels after it; `over` lists the dims that may spread
    over them (any, if not given). Per tensor: copies of an operand have a
    `private` delivery, share one (`broadcast`) or share whatever elements they
    have in common (`window`); outputs are `private` or added on the way up
    (`sum`). `private` is the default. `wired` says that the hardware cannot do
    otherwise: a wired sum takes only reduction dims, a wired broadcast only dims
    the tensor does not depend on. `max_weight` etc. bound the distinct elements
    delivered in one step.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.fanout @rows x 5 over [P, Q] weight broadcast, input window
          max_input 7
      optical.fanout @taps x 27 over [C, R, S] output sum wired
      optical.compute @mac
    }
    ```
  }];
  let arguments = !con(common, (ins Optical_ExpressionAttr:$extent,
      OptionalAttr<StrArrayAttr>:$over,
      OptionalAttr<Optical_FanoutModeAttr>:$weight_mode,
      OptionalAttr<Optical_FanoutModeAttr>:$input_mode,
      OptionalAttr<Optical_FanoutModeAttr>:$output_mode,
      UnitAttr:$weight_wired, UnitAttr:$input_wired, UnitAttr:$output_wired));
  let assemblyFormat = !strconcat("$sym_name `x` custom<Expression>($extent) ",
      "(`over` custom<NameList>($over)^)? ",
      "(custom<Deliveries>($weight_mode, $input_mode, $output_mode, ",
      "$weight_wired, $input_wired, $output_wired)^)? ",
      "oilist(", clauses, ") attr-dict");
  let extraClassDeclaration = [{
    /// The dims that may spread here; all, if none are listed.
    ::ohas::cost::DimSet spatialDims();
    ::ohas::cost::FanoutMode mode(::ohas::cost::Tensor tensor);
    ::ohas::cost::TensorSet wired();
  }];
}

def Optical_ComponentOp : Optical_LevelOp<"component", [], []> {
  let summary = "a device that nothing flows through";
  let description = [{
    Area and static power at a place in the nest: a laser above all fan-outs
    exists once, below them once a copy.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.component @laser count 64 static_uw 37500 duty always
      optical.compute @mac
    }
    ```
  }];
  let arguments = common;
  let assemblyFormat = !strconcat("$sym_name oilist(", clauses, ") attr-dict");
}

def Optical_ComputeOp : Optical_LevelOp<"compute", ["energy_fj"], []> {
  let summary = "the innermost level: one multiply-accumulate a step";
  let description = [{
    `energy_fj` is per multiply-accumulate.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.compute @mac energy_fj 0.05 area_um2 12.5 clock_ghz 5
    }
    ```
  }];
  let arguments = common;
  let assemblyFormat = !strconcat("$sym_name oilist(", clauses, ") attr-dict");
}

//===----------------------------------------------------------------------===//
// Electronic work and published accountings
//===----------------------------------------------------------------------===//

defvar vectorUnitExpressions = Expressions<["elements_per_cycle", "clock_ghz",
                                            "area_um2", "static_uw",
                                            "overlap"]>;

def Optical_VectorUnitOp
    : Optical_Op<"vector_unit", [Symbol, HasParent<"AcceleratorOp">]> {
  let summary = "where electronic operations run";
  let description = [{
    Reads and writes the memory it is `at`. Energies are per element and
    operation class (shape, movement, elementwise, activation, softmax,
    normalization, pooling, reduction, quantization, control, other). `overlap`,
    from 0 (the default) to 1, is the share of a contraction's time in which the
    electronic operations that follow it run beside it.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.compute @mac
      optical.vector_unit @simd at @dram elements_per_cycle 64 clock_ghz 1
          energy_fj_per_element {softmax = 500, activation = 2 * 50}
    }
    ```
  }];
  let arguments = !con(
      (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$memory,
           OptionalAttr<DictionaryAttr>:$energy_fj_per_element,
           OptionalAttr<StrAttr>:$source),
      vectorUnitExpressions.arguments);
  let assemblyFormat = !strconcat("$sym_name `at` $memory oilist(",
      "`energy_fj_per_element` custom<ExpressionDict>($energy_fj_per_element)",
      " | `source` custom<Required>($source) | ", vectorUnitExpressions.clauses, ") attr-dict");
  let hasVerifier = 1;
}

def Optical_AccountingOp : Optical_Op<"accounting", [
    Symbol, SymbolTable, NoTerminator, SingleBlock, NoRegionArguments,
    HasParent<"AcceleratorOp">]> {
  let summary = "how a publication itself counts the cost";
  let description = [{
    Latency of one operation, and a tally for each component. Its expressions
    also know the operation: its dims `N G M C P Q R S D T`, `macs`,
    `weight_is_constant` and `input_is_nonnegative` (1 or 0).

    ```mlir
    optical.accelerator @a {
      optical.knob @arrays = 4 in [4, 8]
      optical.memory @dram keeps weight, input, output
      optical.compute @mac
      optical.accounting @published source "section 5"
          latency_ps steps * 200 {
        optical.define @steps = ceil(macs / (64 * arrays))
        optical.tally @dac when "R * S > 1" count macs / 64 energy_fj 5200
            area_um2 30 * arrays power_mw 26 * arrays source "table 2"
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$source,
                       Optical_ExpressionAttr:$latency_ps);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`source` $source^)? `latency_ps` custom<Expression>($latency_ps)
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
}

defvar tallyExpressions = Expressions<["when", "count", "energy_fj", "area_um2",
                                       "power_mw"]>;

def Optical_TallyOp
    : Optical_Op<"tally", [Symbol, HasParent<"AccountingOp">]> {
  let summary = "one component of a published accounting";
  let description = [{
    `count` times `energy_fj` is its energy for one operation, if `when` holds;
    `area_um2` and `power_mw` are its total area and peak power. See
    `optical.accounting` for an example.
  }];
  let arguments = !con((ins SymbolNameAttr:$sym_name,
                            OptionalAttr<StrAttr>:$source),
                       tallyExpressions.arguments);
  let assemblyFormat = !strconcat("$sym_name oilist(", tallyExpressions.clauses,
                       " | `source` custom<Required>($source)) attr-dict");
  let hasVerifier = 1;
}

#endif // OHAS_OPTICAL_ACCELERATOR_OPS
