package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.cli.http.GatewayClient;
import io.onex.cli.http.GatewayException;
import io.onex.output.Outcome;
import io.onex.output.Printable;
import io.onex.output.Result;
import io.onex.output.Table;
import io.onex.output.Terminal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `onex emit FILE|-`: posts newline-delimited events in batches.
@Command(
    name = "emit",
    description = "Send events from a file, or from standard input with -.",
    footer = {
      "The file holds one JSON event per line.",
      "Exit code: 0 all taken, 3 some refused, 2 taken but not",
      "delivered in time (--ack), 1 nothing taken or the gateway failed."
    })
final class EmitCommand implements Callable<Integer> {
  /// Refused lines that are listed; the rest is counted.
  private static final int LISTED = 20;

  private static final int MOST_LINES = 100_000;

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
  private String file = "";

  @Option(
      names = {"-b", "--batch"},
      paramLabel = "N",
      defaultValue = "1000",
      converter = WholeNumber.class,
      description = "Lines per request; default ${DEFAULT-VALUE}.")
  private long batch = 1000;

  @Option(
      names = {"-a", "--ack"},
      paramLabel = "ACK",
      defaultValue = "durable",
      description = "durable, delivered, or delivered:NAME.")
  private String ack = "durable";

  private final List<List<String>> refused = new ArrayList<>();
  private final ArrayNode refusedData = JsonNodeFactory.instance.arrayNode();
  private long lines;
  private long accepted;
  private long duplicates;
  private long ignored;
  private long rejected;
  private final Set<String> pending = new TreeSet<>();

  @Override
  public Integer call() throws GatewayException, IOException, InterruptedException {
    if (batch < 1 || batch > MOST_LINES) {
      throw options.wrong("--batch is a number from 1 to " + MOST_LINES);
    }
    GatewayClient client = options.client();
    try (EmitProgress progress = progress();
        InputStream in = open()) {
      LineBatches batches = new LineBatches(in, (int) batch);
      for (LineBatches.Batch next = batches.next(); next != null; next = batches.next()) {
        send(client, next);
        lines += next.lines();
        progress.show(batches.bytesRead(), lines);
      }
    }
    return options.print(result());
  }

  private EmitProgress progress() throws IOException {
    boolean shown = !options.quiet() && Terminal.isThere();
    long total = file.equals("-") ? -1 : sizeOf(Path.of(file));
    return new EmitProgress(options.commandLine().getErr(), shown, total);
  }

  private static long sizeOf(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a folder; name a file, or - for standard input");
    }
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(
          "there is no file " + path + "; name one, or - for standard input");
    }
  }

  private InputStream open() throws IOException {
    return new BufferedInputStream(
        file.equals("-") ? System.in : Files.newInputStream(Path.of(file)), 1 << 16);
  }

  private void send(GatewayClient client, LineBatches.Batch next)
      throws GatewayException, IOException, InterruptedException {
    Map<String, String> headers = Map.of("Content-Type", "application/x-ndjson", "X-Onex-Ack", ack);
    GatewayClient.Answer answer = client.exchange("POST", "/v1/events", headers, next.bytes());
    // The gateway is busy or its disk is full: it said when to come back.
    for (int attempt = 1;
        (answer.status() == 429 || answer.status() == 503) && attempt <= 10;
        attempt++) {
      int wait = Math.max(1, seconds(answer.retryAfter()));
      say("the gateway is busy: " + reason(answer) + "; asked again in " + wait + " s");
      Thread.sleep(wait * 1000L);
      answer = client.exchange("POST", "/v1/events", headers, next.bytes());
    }
    JsonNode body = answer.body();
    if (!body.has("rejected")) {
      throw new IOException(
          "the gateway answered "
              + answer.status()
              + ": "
              + reason(answer)
              + (lines == 0
                  ? "; nothing was taken"
                  : "; the lines up to " + lines + " are taken, send the rest again"));
    }
    accepted += body.path("accepted").asLong();
    duplicates += body.path("duplicates").asLong();
    ignored += body.path("ignored").asLong();
    body.path("pending").forEach(name -> pending.add(name.asText()));
    for (JsonNode refusal : body.path("rejected")) {
      rejected++;
      note(refusal);
    }
  }

  private void note(JsonNode refusal) {
    if (refused.size() >= LISTED) {
      return;
    }
    long line = lines + refusal.path("index").asLong() + 1;
    refusedData.add(((ObjectNode) refusal.deepCopy()).put("line", line));
    refused.add(
        List.of(
            Long.toString(line),
            refusal.path("code").asText(),
            refusal.path("field").asText(""),
            refusal.path("message").asText()));
  }

  private void say(String sentence) {
    if (!options.quiet()) {
      options.commandLine().getErr().println("onex: " + Printable.text(sentence));
      options.commandLine().getErr().flush();
    }
  }

  private static String reason(GatewayClient.Answer answer) {
    String hint = answer.body().path("hint").asText("");
    return answer.body().path("message").asText("no reason given")
        + (hint.isEmpty() ? "" : "; " + hint);
  }

  private static int seconds(String retryAfter) {
    return retryAfter.matches("\\d{1,4}") ? Integer.parseInt(retryAfter) : 1;
  }

  private Result result() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("lines", lines).put("accepted", accepted).put("duplicates", duplicates);
    data.put("ignored", ignored).put("rejected", rejected).set("refused_lines", refusedData);
    boolean nothing = rejected > 0 && accepted + duplicates + ignored == 0;
    Outcome taken = pending.isEmpty() ? Outcome.SUCCESS : Outcome.WARNING;
    Outcome outcome = rejected == 0 ? taken : nothing ? Outcome.ERROR : Outcome.PARTIAL;
    pending.forEach(data.putArray("pending")::add);
    String summary =
        String.format(
            Locale.ROOT,
            "%,d %s: %,d accepted, %,d %s, %,d ignored, %,d refused",
            lines,
            lines == 1 ? "line" : "lines",
            accepted,
            duplicates,
            duplicates == 1 ? "duplicate" : "duplicates",
            ignored,
            rejected);
    List<String> errors = new ArrayList<>();
    if (!pending.isEmpty()) {
      errors.add(
          "taken, but not delivered in time to "
              + String.join(", ", pending)
              + "; onex status says how that goes on");
    }
    if (rejected > LISTED) {
      errors.add(
          (rejected - LISTED) + " more refused lines are kept: onex dead-letters list -d refused");
    }
    List<Table> tables =
        refused.isEmpty()
            ? List.of()
            : List.of(new Table("Refused", List.of("LINE", "CODE", "FIELD", "MESSAGE"), refused));
    return new Result(outcome, List.of(summary), errors, data, tables);
  }
}
