package io.onex.delivery;

import io.onex.config.FallbackConfig;
import io.onex.log.Position;
import io.onex.log.RecordOutcome;
import java.util.List;

/// Records of a lane that their system will never take: offered to the fallback first, where there
/// is one, else kept as dead letters; of a replay only the reason is told.
final class LostCauses {
  private final Lane.Duty duty;
  private final Traffic traffic;
  private final Settling settling;
  private final Waiting waiting;
  private final DeadLetterDesk desk = new DeadLetterDesk();
  private String refusal = "";

  LostCauses(Lane.Duty duty, Traffic traffic, Settling settling, Waiting waiting) {
    this.duty = duty;
    this.traffic = traffic;
    this.settling = settling;
    this.waiting = waiting;
  }

  /// Why the record that a replay had refused last was, otherwise empty.
  String refusal() {
    return refusal;
  }

  /// Whether a dead letter is neither durable nor known not to be.
  boolean awaitsAnswers() {
    return desk.awaitsAnswers();
  }

  /// Rejections that await their dead letters.
  int unkept() {
    return desk.size();
  }

  /// One record that a system will never take.
  void reject(Batch alone, Rejection why, Target target, long nowNanos) {
    if (target == Target.OWN) {
      boolean offered =
          duty instanceof Lane.Duty.Live
              && traffic.settings().fallback().filter(FallbackConfig::deadLetters).isPresent();
      if (offered) {
        waiting.add(alone.with(new Batch.Fate.FallbackOnly(why)).again(nowNanos));
      } else {
        keep(alone, why, nowNanos);
      }
      return;
    }
    alone
        .rejection()
        .ifPresentOrElse(
            before -> keep(alone, before, nowNanos),
            () -> waiting.add(alone.with(Batch.OWN_ONLY).again(nowNanos)));
  }

  void keep(Batch batch, Rejection why, long nowNanos) {
    List<Rejected> rejected =
        batch.items().stream()
            .map(item -> new Rejected(item.record(), why, batch.attempts()))
            .toList();
    giveUp(batch.items(), rejected, nowNanos);
  }

  void giveUp(List<Item> items, List<Rejected> rejected, long nowNanos) {
    if (items.isEmpty()) {
      return;
    }
    switch (duty) {
      case Lane.Duty.Live() -> desk.put(traffic.nextId(), items, rejected, nowNanos);
      case Lane.Duty.Replay(long _, Position _) -> {
        refusal = rejected.getLast().why().reason();
        settling.settle(items, RecordOutcome.DEAD_LETTERED, rejected.getLast().attempts(), "");
      }
    }
  }

  /// Dead letters were made durable, or could not be.
  void kept(long id, boolean durable, long nowNanos) {
    if (durable) {
      desk.kept(id, settling);
    } else {
      desk.askAgain(id, nowNanos + traffic.delayNanos(desk.failed(id)));
    }
  }

  /// Asks for the dead letters that are due.
  List<DeliveryAction> ask(long nowNanos) {
    return desk.ask(nowNanos);
  }

  void oldest(OldestRecord oldest) {
    desk.oldest(oldest);
  }

  /// When time alone makes a dead letter due.
  void times(EarliestTime earliest) {
    desk.times(earliest);
  }
}
