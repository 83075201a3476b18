package io.onex.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values of a mapping that was read with [Fields], free of errors. Immutable.
///
/// Two sections are equal when the same keys have the same values, wherever they were written.
public final class Section {
  private final String path;
  private final Fields fields;
  private final Map<String, Object> values;

  Section(String path, Fields fields, Map<String, Object> values) {
    this.path = path;
    this.fields = fields;
    this.values = Map.copyOf(values);
  }

  /// The value of a setting, its default when it was not written.
  ///
  /// @throws IllegalArgumentException when this section was not read with `field`
  @SuppressWarnings("unchecked") // Fields.read stores under each name what that very field gave.
  public <T> T get(Field<T> field) {
    Object value = values.get(field.name());
    if (value == null || !fields.contains(field)) {
      throw new IllegalArgumentException(path + " has no setting " + field.name());
    }
    return (T) value;
  }

  /// All values by key, in the order of their keys.
  public SortedMap<String, Object> values() {
    return new TreeMap<>(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Section that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return path + values;
  }
}
