package io.onex.secret;

/// Tells from a name — of a key, a parameter, a header, an option — how sensitive its value is.
///
/// Pure, and safe for use by many threads.
@FunctionalInterface
public interface NameJudge {
  Sensitivity sensitivity(String name);
}
