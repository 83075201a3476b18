package io.onex.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Settings of what later versions do. They load with the values that say what this version does,
/// so that a file for both can be written; nothing reads them, because they say nothing else.
final class LaterFields {
  private static final String ALL_TRACES = "every trace is sent";

  private static final Fields SAMPLING =
      Fields.of(
          allOf("error_traces", "Share of traces with an error that is sent."),
          allOf("success_traces", "Share of traces without an error that is sent."),
          allOf("slow_traces", "Share of slow traces that is sent."),
          Field.of(
              "slow_threshold_ms",
              Types.integer(1, 86_400_000),
              1000,
              "Traces that take longer are slow; of no consequence while all are sent."));

  /// Which spans there are; where they go is a matter of `integrations`.
  static final Field<Section> TRACING =
      section(
          "tracing",
          Fields.of(section("sampling", SAMPLING, "Which traces are sent."))
              .dead("exporters", "spans go to destinations: write integrations.jaeger or .zipkin"),
          "Which spans are sent.");

  /// Recording and alerting rules.
  static final Field<Section> RULES =
      section(
          "rules",
          Fields.of(
              Field.of(
                  "files",
                  new OnlyValue<List<Path>>(
                      Types.list(Types.PATH),
                      List.of(),
                      Map.of("type", "array", "maxItems", 0),
                      "recording and alerting rules are not evaluated"),
                  List.of(),
                  "Files of recording and alerting rules.")),
          "Recording and alerting rules over metrics; those of `routing` are others.");

  /// Processor, memory and disks of the machine.
  static final Field<Section> RESOURCES =
      section(
          "resources",
          Fields.of(
              Field.of(
                  "enabled",
                  off("the resources of the machine are not measured"),
                  false,
                  "Whether the resources of this machine are measured.")),
          "The resources of this machine.");

  /// Where state is kept that several gateways could share.
  static final Field<String> STATE =
      Field.of(
          "state",
          new OnlyValue<>(
              Types.TEXT,
              "local",
              Map.of("const", "local"),
              "state lies in files of the data folder and is not shared"),
          "local",
          "Where state is kept: `local` is the data folder.");

  private LaterFields() {}

  /// A switch that is off.
  static ValueType<Boolean> off(String instead) {
    return new OnlyValue<>(Types.BOOLEAN, false, Map.of("const", false), instead);
  }

  private static Field<Double> allOf(String name, String help) {
    return Field.of(
        name, new OnlyValue<>(Types.RATIO, 1.0, Map.of("const", 1), ALL_TRACES), 1.0, help);
  }

  private static Field<Section> section(String name, Fields fields, String help) {
    return Field.of(name, Types.section(fields, section -> section), fields.defaults(), help);
  }
}
