package io.onex.config;

/// What is said about keys that have a meaning, but not in this version.
final class Availability {
  static final String NOT_YET = "not available in version 0.1.0";

  private Availability() {}
}
