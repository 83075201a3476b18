package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.cli.http.GatewayException;
import io.onex.cli.output.Format;
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
      description = "Stop after N records.")
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
    boolean human = options.format() == Format.HUMAN || options.format() == Format.TABLE;
    JsonMapper json = JsonMapper.builder().build();
    PrintWriter out = options.commandLine().getOut();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                options.client().stream(path.toString()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          out.println(human ? readable(json.readTree(line)) : line);
          out.flush();
        }
      }
    }
    return 0;
  }

  static String readable(JsonNode record) {
    if (record.has("missed")) {
      return "... "
          + record.path("missed").asText()
          + " records not shown: this terminal was too slow";
    }
    String correlation = record.path("correlation_id").asText("");
    return record.path("event_time").asText()
        + "  "
        + record.path("type").asText()
        + "  "
        + record.path("node_id").asText("-")
        + (correlation.isEmpty() ? "" : "  " + correlation)
        + "  "
        + record.path("event_id").asText();
  }
}
