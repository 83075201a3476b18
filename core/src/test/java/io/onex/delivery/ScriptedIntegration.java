package io.onex.delivery;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// An integration whose payload is one event id per part and whose answers the test decides.
class ScriptedIntegration implements Integration {
  final List<String> received = new CopyOnWriteArrayList<>();
  final AtomicInteger sends = new AtomicInteger();
  final CountDownLatch closed = new CountDownLatch(1);
  private final Script script;

  interface Script {
    DeliveryResult answer(List<String> ids) throws IOException, InterruptedException;
  }

  ScriptedIntegration(Script script) {
    this.script = script;
  }

  static ScriptedIntegration taking() {
    return new ScriptedIntegration(ids -> new DeliveryResult.Delivered());
  }

  /// Never answers.
  static ScriptedIntegration blackHole() {
    return new ScriptedIntegration(ids -> {
      new CountDownLatch(1).await();
      return new DeliveryResult.Delivered();
    });
  }

  @Override
  public boolean takes(Record record) {
    return true;
  }

  @Override
  public Encoding encode(List<Record> records, EncodeContext context) {
    List<Slice> parts = new ArrayList<>();
    for (Record record : records) {
      if (record.eventId().utf8().contains("broken")) {
        throw new IllegalStateException("secret payload");
      }
      parts.add(record.eventId());
    }
    return Encoding.of(new Payload(parts, "", records.size()));
  }

  @Override
  public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
    sends.incrementAndGet();
    List<String> ids = payload.parts().stream().map(Slice::utf8).toList();
    DeliveryResult result = script.answer(ids);
    if (result instanceof DeliveryResult.Delivered) {
      received.addAll(ids);
    }
    return result;
  }

  @Override
  public Probe probe() {
    return new Probe.Unknown("scripted");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
