package io.onex.cli.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.cli.http.GatewayException;
import io.onex.output.Format;
import io.onex.output.Printable;
import io.onex.output.RecordPrinter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `onex tap`: records as they are appended. JSON is one record per line.
@Command(name = "tap", description = "Show records live, as they are appended.")
final class TapCommand implements Callable<Integer> {
  @Mixin private GatewayOptions options = new GatewayOptions();

  @Option(
      names = {"-e", "--filter"},
      paramLabel = "EXPR",
      defaultValue = "",
      description = "Show only matching records, such as: event_type == 'NODE_FAILURE'")
  private String filter = "";

  @Option(
      names = {"-k", "--kinds"},
      paramLabel = "KIND",
      split = ",",
      description = "event, log, span, metrics, derived, control; default all.")
  private List<String> kinds = List.of();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      defaultValue = "0",
      converter = WholeNumber.class,
      description = "Stop after N records; default 0, never.")
  private long limit;

  @Override
  public Integer call() throws GatewayException, IOException {
    StringBuilder path = new StringBuilder("/onex/v1/tap?limit=" + limit);
    if (!filter.isEmpty()) {
      path.append("&filter=").append(URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }
    if (!kinds.isEmpty()) {
      path.append("&kinds=").append(String.join(",", kinds));
    }
    JsonMapper json = JsonMapper.builder().build();
    RecordPrinter records =
        new RecordPrinter(options.format(), options.style(), options.commandLine().getOut());
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                options.client().stream(path.toString()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          show(read(line, json), records);
        }
      }
    }
    return 0;
  }

  private static JsonNode read(String line, JsonMapper json) throws IOException {
    try {
      JsonNode record = json.readTree(line);
      if (record.has("type") || record.has("missed")) {
        return record;
      }
    } catch (JacksonException e) {
      // As below: it need not be JSON to be none.
    }
    throw new IOException(
        "a line of the answer is no record, so what answers is no onex gateway; name the gateway"
            + " with --gateway, and look for a proxy in between");
  }

  private void show(JsonNode record, RecordPrinter records) {
    // For programs it is a line of its own, like the records.
    if (record.has("missed") && options.format() != Format.JSON) {
      PrintWriter err = options.commandLine().getErr();
      err.println(
          "onex: "
              + Printable.text(record.path("missed").asText())
              + " records missed: read too slowly");
      err.flush();
    } else {
      records.print(record);
    }
  }
}
