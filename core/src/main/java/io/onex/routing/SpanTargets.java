package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.json.JsonFields;
import io.onex.json.JsonWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tracing destinations that get the span of an operation because a rule sends one of its
/// events there, by the names they had then.
///
/// In the record that concludes the operation they stand as `spans_to`, right behind `family`
/// (`docs/reference/format/operation.md`). Immutable; equality is by names.
public final class SpanTargets {
  /// No destination.
  public static final SpanTargets NONE = new SpanTargets(List.of());

  private static final Slice KEY = Slice.utf8(",\"spans_to\":");

  private final List<String> names;
  private final Slice json;

  private SpanTargets(List<String> names) {
    this.names = names;
    JsonWriter array = new JsonWriter(64);
    array.beginArray();
    names.forEach(array::text);
    array.endArray();
    json = Slice.of(array.toByteArray());
  }

  /// @param names in any order
  public static SpanTargets of(Collection<String> names) {
    return names.isEmpty() ? NONE : new SpanTargets(List.copyOf(new TreeSet<>(names)));
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /// In order of the alphabet.
  public List<String> names() {
    return names;
  }

  /// The names as an array of texts in JSON.
  public Slice json() {
    return json;
  }

  /// These and those.
  public SpanTargets and(SpanTargets others) {
    if (others.isEmpty() || covers(others)) {
      return this;
    }
    if (isEmpty()) {
      return others;
    }
    Set<String> all = new HashSet<>(names);
    all.addAll(others.names);
    return of(all);
  }

  /// Whether all of `others` are among these.
  public boolean covers(SpanTargets others) {
    return equals(others) || names.containsAll(others.names);
  }

  /// How one name is written in [#json].
  static Slice written(String name) {
    JsonWriter text = new JsonWriter(64);
    text.text(name);
    return Slice.of(text.toByteArray());
  }

  /// The array that the body of a conclusion holds; empty when it holds none. Costs next to nothing
  /// then, and no garbage, since the place is known.
  ///
  /// @param family the value of the first key of `body`
  static Slice in(Slice body, Slice family) {
    int from = family.end();
    int to = Math.min(from + KEY.length(), body.end());
    boolean there =
        !family.isEmpty()
            && Arrays.equals(body.array(), from, to, KEY.array(), KEY.offset(), KEY.end());
    return there ? JsonFields.find(body, "spans_to") : Slice.EMPTY;
  }

  /// Whether an array as of [#in] holds a name as of [#written].
  static boolean holds(Slice array, Slice name) {
    byte[] b = array.array();
    int end = array.end();
    int at = array.offset() + 1;
    while (at < end && b[at] == '"') {
      int quote = at + 1;
      while (quote < end && b[quote] != '"') {
        quote += b[quote] == '\\' ? 2 : 1;
      }
      int next = Math.min(quote + 1, end);
      if (Arrays.equals(b, at, next, name.array(), name.offset(), name.end())) {
        return true;
      }
      at = next + 1;
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof SpanTargets that && names.equals(that.names));
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
