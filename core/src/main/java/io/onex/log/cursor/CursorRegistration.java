package io.onex.log.cursor;

import io.onex.log.Log;
import io.onex.log.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cursor a destination was given.
///
/// @param entry where it continues
/// @param events what happened to the cursor meanwhile, for operators to read
public record CursorRegistration(CursorEntry entry, List<CursorEvent> events) {
  public CursorRegistration {
    events = List.copyOf(events);
  }

  /// Finds where a destination continues: pure.
  ///
  /// @param known its entry, or that of its previous name
  /// @param wasLost whether it is known that, or in doubt whether, it had a cursor
  static CursorRegistration decide(
      CursorRequest request, Optional<CursorEntry> known, boolean wasLost, Log log) {
    String name = request.destination();
    List<CursorEvent> events = new ArrayList<>();
    CursorEntry entry;
    if (known.isPresent()) {
      entry = known.get();
      if (!entry.destination().equals(name)) {
        events.add(new CursorEvent.Renamed(name, entry.destination()));
        entry = entry.renamedTo(name);
      }
    } else if (wasLost && log.durableEnd().offset() > 0) {
      entry = CursorEntry.at(name, log.start());
      events.add(new CursorEvent.CursorLost(name, log.start()));
    } else {
      entry = CursorEntry.at(name, request.from().in(log));
      events.add(new CursorEvent.Began(name, entry.cursor().first()));
    }
    entry = fitted(entry, log, events);
    return new CursorRegistration(standing(entry, request), events);
  }

  private static CursorEntry fitted(CursorEntry entry, Log log, List<CursorEvent> events) {
    Position end = log.durableEnd();
    CursorEntry clamped = entry.clampedTo(end);
    if (clamped.cursor().rewound() > entry.cursor().rewound()) {
      long rewound = clamped.cursor().rewound() - entry.cursor().rewound();
      events.add(
          new CursorEvent.Clamped(entry.destination(), entry.cursor().highWater(), end, rewound));
    }
    Position start = log.start();
    CursorEntry expired = clamped.expireBelow(start);
    long overtaken = expired.ledger().expired() - clamped.ledger().expired();
    if (overtaken > 0) {
      events.add(new CursorEvent.Overtaken(entry.destination(), overtaken, start));
    }
    return expired;
  }

  private static CursorEntry standing(CursorEntry entry, CursorRequest request) {
    if (!request.enabled()) {
      return entry.withStanding(CursorStanding.DISABLED, "switched off in the configuration");
    }
    return entry.standing() == CursorStanding.PAUSED
        ? entry
        : entry.withStanding(CursorStanding.ACTIVE, "");
  }
}
