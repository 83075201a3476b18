package io.onex.metric.model;

import io.onex.operation.Symbol;
import org.jspecify.annotations.Nullable;

/// Three label values as the key of a series. Ordered, so that a table finds values fast whose
/// hashes somebody has made equal.
///
/// One that stands in a table is not changed any more; another is set to what is looked for, so
/// that looking makes no object.
final class SeriesKey implements Comparable<SeriesKey> {
  private Symbol first = Symbol.EMPTY;
  private Symbol second = Symbol.EMPTY;
  private Symbol third = Symbol.EMPTY;
  private int hash;

  SeriesKey set(Symbol one, Symbol two, Symbol three) {
    first = one;
    second = two;
    third = three;
    hash = (one.hashCode() * 31 + two.hashCode()) * 31 + three.hashCode();
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SeriesKey that
        && first.equals(that.first)
        && second.equals(that.second)
        && third.equals(that.third);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(SeriesKey that) {
    int order = first.compareTo(that.first);
    order = order != 0 ? order : second.compareTo(that.second);
    return order != 0 ? order : third.compareTo(that.third);
  }
}
