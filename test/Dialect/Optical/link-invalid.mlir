// RUN: ohas-opt %s --split-input-file --verify-diagnostics

optical.accelerator @a {
  // expected-error @+1 {{has no needs_dbm: what must reach the detector?}}
  optical.link @laser_dbm limit_dbm 10 {}
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.link @laser_dbm needs_dbm -20 {}
  // expected-error @+1 {{is the second; an accelerator has at most one, the path with the most loss}}
  optical.link @other_dbm needs_dbm -20 {}
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.link @laser_dbm needs_dbm -20 {
    // expected-error @+1 {{cannot be part of an optical.link}}
    %0 = arith.constant 1 : i32
  }
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.link @laser_dbm needs_dbm -20 {
    // expected-error @+1 {{loss_db: unknown name 'rows'; no knob, device or definition is known here}}
    optical.loss "split" split_db(rows)
  }
  // What follows is not known yet.
  optical.define @rows = 3
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.link @laser_dbm needs_dbm -20 {
    // expected-error @+1 {{value: unknown name 'rows'; known are laser_dbm}}
    optical.figure "rows" rows
  }
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-error @+1 {{needs_dbm: unknown name 'laser_dbm'; no knob}}
  optical.link @laser_dbm needs_dbm laser_dbm {}
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  // expected-note @+1 {{see existing symbol definition here}}
  optical.define @laser_dbm = 3
  // expected-error @+1 {{redefinition of symbol named 'laser_dbm'}}
  optical.link @laser_dbm needs_dbm -20 {}
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.knob @rows = 3 in [3]
  // expected-error @+1 {{condition: unknown name 'columns'; known are rows}}
  optical.require "columns < 3" reason "too many"
  optical.memory @m keeps weight, input, output
  optical.compute @c
}

// -----

optical.accelerator @a {
  optical.knob @rows = 3 in [3]
  // expected-error @+1 {{reason: unknown name 'columns' in braces}}
  optical.require "rows < 3" reason "{columns} are too many"
  optical.memory @m keeps weight, input, output
  optical.compute @c
}
