package io.onex.source.file;

import java.util.regex.Pattern;

/// How a file that was never seen before is kin to what was read: decided by its content, and by
/// names and times only where so little is alike that two programs may well have written it.
///
/// What two files have in common is either one writing, copied, or two that happen to begin alike.
/// A kilobyte that is alike is one writing. Less is so when the name says so (see [#isRotation]),
/// or the file stands where the other stood, and the other is at its end: cut, or gone.
enum Kinship {
  /// Its lines are new.
  NEW,
  /// It cannot be told yet.
  WAIT,
  /// It holds what was read, and what follows is read on in it.
  CONTINUE,
  /// All that it holds was read, or is read in the file it is a copy of.
  COPY;

  /// As much as two programs do not write alike by chance.
  static final int TELLING_BYTES = 1024;

  private static final Pattern ROTATION =
      Pattern.compile("(?i)([-_.]|\\d|[tz+]|bak|old|orig|copy|save|gz|zst|zstd|xz|bz2|\\(|\\)| )*");

  /// What is known of the file and of the reading that it agrees with.
  ///
  /// @param alike bytes that agree, of all that can be compared
  /// @param whole whether it holds all that was read, rather than a beginning of it
  /// @param ended whether what was read is at its end: its file was cut or is gone
  /// @param lost whether it ended long ago, by being removed
  /// @param samePlace whether the file stands where the other was last seen
  /// @param rotation whether its name is one a rotation makes of the other's
  /// @param packed whether it is packed
  /// @param settled whether it has not changed for a moment
  /// @param patient whether there was time enough for the other to be cut
  record Evidence(
      long alike,
      boolean whole,
      boolean ended,
      boolean lost,
      boolean samePlace,
      boolean rotation,
      boolean packed,
      boolean settled,
      boolean patient) {}

  static Kinship of(Evidence found) {
    boolean telling = found.alike() >= TELLING_BYTES || found.packed();
    boolean named = found.rotation() && !found.lost();
    if (found.whole()) {
      if (found.ended()) {
        boolean inPlace = found.samePlace() && !found.lost();
        return telling || named || inPlace ? CONTINUE : NEW;
      }
      // In its place before that one is known to be gone: the next look tells.
      boolean undecided = (named || found.samePlace()) && !found.patient();
      return telling ? COPY : undecided ? WAIT : NEW;
    }
    if (!telling && !named) {
      return NEW;
    }
    if (!found.settled()) {
      return WAIT;
    }
    if (telling || found.ended()) {
      return COPY;
    }
    return found.patient() ? NEW : WAIT;
  }

  /// Whether `name` is `original` with a number, a date or one of a few words put behind it or in
  /// front of one of its dots, as rotations do: `app.log.1`, `app-20260101.log`, `app.log.2.gz`.
  static boolean isRotation(String original, String name) {
    if (name.length() <= original.length()) {
      return false;
    }
    for (int cut = original.length(); cut > 0; cut = original.lastIndexOf('.', cut - 1)) {
      String front = original.substring(0, cut);
      String back = original.substring(cut);
      for (String packed : new String[] {"", ".gz", ".zst"}) {
        String end = back + packed;
        if (name.startsWith(front)
            && name.endsWith(end)
            && name.length() >= front.length() + end.length()
            && ROTATION
                .matcher(name.substring(front.length(), name.length() - end.length()))
                .matches()) {
          return true;
        }
      }
    }
    return false;
  }
}
