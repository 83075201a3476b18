package io.onex.event;

import io.onex.secret.PairRole;
import io.onex.secret.TextSecrets;
import java.nio.charset.StandardCharsets;

/// Finds the values that belong to a sensitive name in the same object: `{"name": "DB_PASSWORD",
/// "value": "…"}`, in whichever order.
///
/// Keeps a few numbers per level of nesting. One thread.
final class PairFinder {
  private static final int NAMED = 1;
  private static final int HAS_NAME = 1 << 1;
  private static final int HAS_KEY = 1 << 2;
  private static final int HAS_VALUE = 1 << 3;
  private static final int EARLY_VALUE = 1 << 4;
  private static final byte[] MASK = TextSecrets.MASK.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] QUOTED_MASK =
      ("\"" + TextSecrets.MASK + "\"").getBytes(StandardCharsets.US_ASCII);

  private final TextSecrets secrets;
  private final Edits edits;
  private final int[] flags;
  private final int[] nameStarts;
  private final int[] nameEnds;
  private final int[] keyStarts;
  private final int[] keyEnds;
  private final int[] valueStarts;
  private final int[] valueEnds;

  PairFinder(TextSecrets secrets, Edits edits, int levels) {
    this.secrets = secrets;
    this.edits = edits;
    this.flags = new int[levels];
    this.nameStarts = new int[levels];
    this.nameEnds = new int[levels];
    this.keyStarts = new int[levels];
    this.keyEnds = new int[levels];
    this.valueStarts = new int[levels];
    this.valueEnds = new int[levels];
  }

  void enter(int level) {
    flags[level] = 0;
  }

  /// Whether a member that holds a value, met now, belongs to a sensitive name.
  boolean isNamed(byte[] b, int level) {
    if ((flags[level] & (NAMED | HAS_NAME)) == HAS_NAME) {
      flags[level] &= ~HAS_NAME;
      if (secrets.isSecretName(b, nameStarts[level], nameEnds[level])) {
        flags[level] |= NAMED;
      }
    }
    flags[level] |= HAS_VALUE;
    return (flags[level] & NAMED) != 0;
  }

  /// A member that holds a name was read, whose value stands between quotes.
  void name(byte[] b, int level, PairRole role, int start, int end) {
    if (role == PairRole.TYPE && !TextSecrets.isPasswordName(b, start, end)) {
      return;
    }
    if ((flags[level] & HAS_NAME) != 0) {
      // Of several names, one that is sensitive is enough.
      if ((flags[level] & NAMED) == 0 && secrets.isSecretName(b, start, end)) {
        flags[level] |= NAMED;
      }
      return;
    }
    nameStarts[level] = start;
    nameEnds[level] = end;
    flags[level] |= HAS_NAME;
  }

  /// A member called `key` was read, whose text is a secret if no value stands beside it.
  void key(int level, int start, int end) {
    keyStarts[level] = start;
    keyEnds[level] = end;
    flags[level] |= HAS_KEY;
  }

  /// A member that holds a value was read while no sensitive name was known.
  void value(int level, int start, int end) {
    if ((flags[level] & EARLY_VALUE) == 0) {
      valueStarts[level] = start;
      valueEnds[level] = end;
      flags[level] |= EARLY_VALUE;
    }
  }

  /// The object was read; answers whether something in it was a secret.
  boolean leave(byte[] b, int level) {
    int met = flags[level];
    if (met == 0) {
      return false;
    }
    boolean found = false;
    if ((met & EARLY_VALUE) != 0 && (met & (HAS_NAME | NAMED)) != 0 && isNamed(b, level)) {
      int start = valueStarts[level];
      int end = valueEnds[level];
      found =
          switch (b[start]) {
            case '"' -> mask(b, start + 1, end - 1, MASK);
            case 't', 'f', 'n' -> false;
            default -> mask(b, start, end, QUOTED_MASK);
          };
    }
    if ((met & (HAS_KEY | HAS_VALUE)) == HAS_KEY) {
      found |= mask(b, keyStarts[level], keyEnds[level], MASK);
    }
    return found;
  }

  private boolean mask(byte[] b, int start, int end, byte[] mask) {
    if (end <= start || TextSecrets.isMask(b, start, end)) {
      return false;
    }
    edits.insert(start, end, mask);
    return true;
  }
}
