package io.onex.log.cursor;

import io.onex.log.Position;

/// Something that happened to a cursor and that an operator should read.
public sealed interface CursorEvent {
  /// A stable name for log lines and metric labels.
  String code();

  /// What happened, to which destination, and what follows.
  String sentence();

  /// A destination without cursor begins.
  record Began(String destination, Position at) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_began";
    }

    @Override
    public String sentence() {
      return "Destination %s is new and begins at position %s.".formatted(destination, at);
    }
  }

  /// A destination took over the cursor of its previous name.
  record Renamed(String destination, String previously) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_renamed";
    }

    @Override
    public String sentence() {
      return "Destination %s continues with the cursor and the ledger of %s."
          .formatted(destination, previously);
    }
  }

  /// A destination is no longer configured.
  record Removed(String destination, Position at) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_removed";
    }

    @Override
    public String sentence() {
      return "Destination %s is no longer configured; its cursor is kept at position %s, and what comes is kept for it in case it comes back within log.leave_grace."
          .formatted(destination, at);
    }
  }

  /// A destination that left the configuration did not come back in time.
  record Forgotten(String destination, Position at) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_forgotten";
    }

    @Override
    public String sentence() {
      return "Destination %s has been out of the configuration for longer than log.leave_grace: what came since position %s is no longer kept for it, and one of this name is new."
          .formatted(destination, at);
    }
  }

  /// A destination had a cursor and the journal lost it.
  record CursorLost(String destination, Position at) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_lost";
    }

    @Override
    public String sentence() {
      return "The cursor of destination %s is lost: the cursor journal is missing or damaged where it stood. It begins again at the oldest retained position %s, so that records come twice rather than never."
          .formatted(destination, at);
    }
  }

  /// The log recovered shorter than a cursor.
  record Clamped(String destination, Position was, Position end, long records)
      implements CursorEvent {
    @Override
    public String code() {
      return "cursor_clamped";
    }

    @Override
    public String sentence() {
      return "The log ends at position %s, before the cursor of destination %s at %s; the cursor continues at the end and %d settled records are kept in its ledger as rewound."
          .formatted(end, destination, was, records);
    }
  }

  /// Retention removed records that a destination had not settled.
  record Overtaken(String destination, long records, Position logStart) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_overtaken";
    }

    @Override
    public String sentence() {
      return "Retention removed %d records that destination %s had not delivered; they are counted as expired and it continues at position %s."
          .formatted(records, destination, logStart);
    }
  }

  /// Bytes of the cursor journal are damaged.
  record EntryDamaged(long offset, long bytes, String reason) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_entry_damaged";
    }

    @Override
    public String sentence() {
      return "The cursor journal is damaged at offset %d (%d bytes: %s); the entries there are skipped and the latest good entry of each destination is used."
          .formatted(offset, bytes, reason);
    }
  }

  /// The cursor journal as a whole is missing or cannot be used.
  record JournalUnusable(String path, String reason) implements CursorEvent {
    @Override
    public String code() {
      return "cursor_journal_unusable";
    }

    @Override
    public String sentence() {
      return "The cursor journal %s cannot be used: %s. The gateway starts without it and writes a new one."
          .formatted(path, reason);
    }
  }
}
