package io.onex.app;

import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.Integration;
import io.onex.log.Record;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends records once more, outside the delivery loop: a few attempts, one outcome per record.
final class Resending {
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Integration integration;
  private final EncodeContext context;
  private final int batchSize;
  private final List<Optional<String>> outcomes = new ArrayList<>();

  /// @param batchSize most records of one request
  Resending(Integration integration, EncodeContext context, int batchSize) {
    this.integration = integration;
    this.context = context;
    this.batchSize = batchSize;
  }

  /// One record and where its outcome goes.
  private record Item(int index, Record record) {}

  /// @return one entry per record: empty when it was delivered, else why not
  List<Optional<String>> send(List<Record> records) throws InterruptedException {
    List<Item> items = new ArrayList<>();
    for (Record record : records) {
      boolean taken = integration.takes(record);
      outcomes.add(Optional.of(taken ? "not sent" : "not taken by this kind of destination"));
      if (taken) {
        items.add(new Item(outcomes.size() - 1, record));
      }
    }
    for (int from = 0; from < items.size(); from += batchSize) {
      sendBatch(items.subList(from, Math.min(from + batchSize, items.size())));
    }
    return List.copyOf(outcomes);
  }

  private void sendBatch(List<Item> batch) throws InterruptedException {
    List<Item> left = batch;
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; !left.isEmpty() && attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) {
        Thread.sleep(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
      left = attempt(left);
    }
  }

  /// One request; returns what is worth another attempt.
  private List<Item> attempt(List<Item> batch) throws InterruptedException {
    Encoding encoding = integration.encode(batch.stream().map(Item::record).toList(), context);
    List<Item> sent = new ArrayList<>(batch);
    for (Encoding.Refusal refusal : encoding.refused()) {
      Item refused = batch.get(refusal.index());
      outcomes.set(refused.index(), Optional.of(refusal.reason()));
      sent.remove(refused);
    }
    if (sent.isEmpty()) {
      return List.of();
    }
    try {
      return switch (integration.send(encoding.payload())) {
        case DeliveryResult.Delivered() -> settle(sent, Optional.empty());
        case DeliveryResult.Refused(String reason) -> settle(sent, Optional.of(reason));
        case DeliveryResult.Unauthorized(String reason) -> settle(sent, Optional.of(reason));
        case DeliveryResult.Retryable(String reason, Optional<Duration> after) ->
            again(sent, reason, after);
        case DeliveryResult.PerItem(List<DeliveryResult.ItemResult> items) -> perItem(sent, items);
      };
    } catch (IOException e) {
      return again(sent, "no answer: " + e.getMessage(), Optional.empty());
    }
  }

  private List<Item> settle(List<Item> items, Optional<String> outcome) {
    items.forEach(item -> outcomes.set(item.index(), outcome));
    return List.of();
  }

  private List<Item> again(List<Item> items, String reason, Optional<Duration> after)
      throws InterruptedException {
    items.forEach(item -> outcomes.set(item.index(), Optional.of(reason)));
    if (after.isPresent()) {
      Thread.sleep(shorter(after.get(), LONGEST_PAUSE));
    }
    return items;
  }

  private List<Item> perItem(List<Item> sent, List<DeliveryResult.ItemResult> results) {
    List<Item> again = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      Item item = sent.get(i);
      Optional<String> outcome =
          switch (results.get(i)) {
            case DeliveryResult.ItemResult.Taken() -> Optional.empty();
            case DeliveryResult.ItemResult.NeverTaken(String reason) -> Optional.of(reason);
            case DeliveryResult.ItemResult.TryAgain(String reason) -> {
              again.add(item);
              yield Optional.of(reason);
            }
          };
      outcomes.set(item.index(), outcome);
    }
    return again;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
