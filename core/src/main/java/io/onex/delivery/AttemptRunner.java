package io.onex.delivery;

import io.onex.log.Record;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes one attempt with an integration and turns whatever happens into an [AttemptEnd].
final class AttemptRunner {
  private static final int MAX_REASON_CHARACTERS = 300;

  private AttemptRunner() {}

  /// @param computing where records are encoded
  static AttemptEnd run(
      Integration integration, EncodeContext context, List<Record> records, Computing computing) {
    try {
      return switch (computing.on(records, () -> encode(integration, context, records))) {
        case Encoded.Made(Encoding encoding) -> send(integration, encoding, records.size());
        case Encoded.Not(AttemptEnd end) -> end;
      };
    } catch (InterruptedException e) {
      return new AttemptEnd.Abandoned();
    }
  }

  private sealed interface Encoded {
    record Made(Encoding encoding) implements Encoded {}

    record Not(AttemptEnd end) implements Encoded {}
  }

  private static Encoded encode(
      Integration integration, EncodeContext context, List<Record> records) {
    try {
      Encoding encoding = integration.encode(records, context);
      check(encoding, records.size());
      return new Encoded.Made(encoding);
    } catch (RuntimeException | StackOverflowError e) {
      return new Encoded.Not(new AttemptEnd.EncoderBroke("the encoder failed with " + name(e)));
    } catch (LinkageError e) {
      // A broken installation, not a broken record: nothing is given up for it.
      return new Encoded.Not(failed(List.of(), "the integration cannot run: " + name(e)));
    }
  }

  private static AttemptEnd send(Integration integration, Encoding encoding, int records)
      throws InterruptedException {
    if (encoding.refused().size() == records) {
      return new AttemptEnd.NothingSent(encoding.refused());
    }
    try {
      return new AttemptEnd.Answered(encoding.refused(), integration.send(encoding.payload()));
    } catch (IOException e) {
      return failed(encoding.refused(), limited(e.getMessage() == null ? name(e) : e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      // Whether the system took anything is unknown, so the records are neither given up nor lost.
      return failed(
          encoding.refused(), "sending failed with " + name(e) + ", a bug in the integration");
    }
  }

  private static AttemptEnd failed(List<Encoding.Refusal> refused, String reason) {
    return new AttemptEnd.Answered(refused, new DeliveryResult.Retryable(reason, Optional.empty()));
  }

  private static void check(Encoding encoding, int records) {
    int expected = records - encoding.refused().size();
    if (encoding.payload().items() != expected) {
      throw new IllegalStateException(
          "the payload holds " + encoding.payload().items() + " records instead of " + expected);
    }
    boolean[] seen = new boolean[records];
    for (Encoding.Refusal refusal : encoding.refused()) {
      if (seen[refusal.index()]) {
        throw new IllegalStateException("record " + refusal.index() + " is refused twice");
      }
      seen[refusal.index()] = true;
    }
  }

  /// The exception's class only: messages of unexpected exceptions may quote the record.
  private static String name(Throwable failure) {
    return failure.getClass().getSimpleName();
  }

  private static String limited(String reason) {
    return reason.length() <= MAX_REASON_CHARACTERS
        ? reason
        : reason.substring(0, MAX_REASON_CHARACTERS);
  }
}
