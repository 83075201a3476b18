package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is settled for one event type: the destinations of rules without further conditions, and
/// the rules to be asked.
///
/// @param mask bits of destinations that get every record of the type
/// @param matched whether some rule matches every record of the type
record Plan(long mask, boolean matched, CompiledRule[] conditional) {
  static Plan of(List<CompiledRule> rules, Slice type) {
    long mask = 0;
    boolean matched = false;
    List<CompiledRule> conditional = new ArrayList<>();
    for (CompiledRule rule : rules) {
      if (rule.takesType(type.array(), type.offset(), type.length())) {
        if (rule.conditions().isEmpty()) {
          mask |= rule.mask();
          matched = true;
        } else {
          conditional.add(rule);
        }
      }
    }
    return new Plan(mask, matched, conditional.toArray(CompiledRule[]::new));
  }

  /// Bits of destinations; [RuleSet#UNMATCHED] alone when no rule matches.
  long decide(Record record) {
    long bits = mask;
    boolean found = matched;
    for (CompiledRule rule : conditional) {
      boolean addsNothing = found && (rule.mask() & ~bits) == 0;
      if (!addsNothing && rule.holds(record)) {
        bits |= rule.mask();
        found = true;
      }
    }
    return found ? bits : RuleSet.UNMATCHED;
  }

  /// What two decisions about one record come to.
  static long either(long a, long b) {
    boolean matched = (a & b & RuleSet.UNMATCHED) == 0;
    return matched ? (a | b) & ~RuleSet.UNMATCHED : RuleSet.UNMATCHED;
  }

  /// Whether both decide alike about every record.
  boolean decidesAs(Plan other) {
    return mask == other.mask
        && matched == other.matched
        && Arrays.equals(conditional, other.conditional);
  }
}
