package io.onex.delivery;

import io.onex.log.Record;
import io.onex.telemetry.LogLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The integrations of one destination: those in use, and those whose last attempts are under way.
///
/// Belongs to the loop's owner, but for [#takes].
final class Integrations {
  private static final Logger LOG = LogManager.getLogger(Integrations.class);

  private final Map<Long, Integration> inUse = new HashMap<>();
  private final List<Integration> outgoing = new ArrayList<>();
  private volatile Integration own;
  private Optional<Integration> fallback;

  Integrations(Integration own, Optional<Integration> fallback) {
    this.own = own;
    this.fallback = fallback;
  }

  /// Callable from any thread.
  boolean takes(Record record) {
    return own.takes(record);
  }

  Integration acquire(Attempt attempt) {
    Integration chosen =
        switch (attempt.target()) {
          case OWN -> own;
          case FALLBACK -> fallback.orElseThrow();
        };
    inUse.put(attempt.id(), chosen);
    return chosen;
  }

  void release(long attempt) {
    inUse.remove(attempt);
    closeOutgoing();
  }

  void releaseAll() {
    inUse.clear();
    closeOutgoing();
  }

  void change(Integration newOwn, Optional<Integration> newFallback) {
    List<Integration> staying = new ArrayList<>(List.of(newOwn));
    newFallback.ifPresent(staying::add);
    List<Integration> leaving = new ArrayList<>(List.of(own));
    fallback.ifPresent(leaving::add);
    leaving.removeIf(each -> contains(staying, each));
    outgoing.addAll(leaving);
    own = newOwn;
    fallback = newFallback;
    closeOutgoing();
  }

  void closeAll() {
    inUse.clear();
    outgoing.add(own);
    fallback.ifPresent(outgoing::add);
    closeOutgoing();
  }

  private void closeOutgoing() {
    for (Integration each : List.copyOf(outgoing)) {
      if (!contains(inUse.values(), each)) {
        outgoing.remove(each);
        close(each);
      }
    }
  }

  private static void close(Integration integration) {
    try {
      integration.close();
    } catch (RuntimeException e) {
      LOG.warn(LogLine.of("an integration could not be closed"), e);
    }
  }

  /// Whether the very object is among them, whatever it says about equality.
  private static boolean contains(Collection<Integration> some, Integration one) {
    Set<Integration> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(some);
    return identities.contains(one);
  }
}
