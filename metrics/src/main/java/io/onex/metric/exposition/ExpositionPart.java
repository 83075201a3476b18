package io.onex.metric.exposition;

import io.onex.metric.model.MetricFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A stretch of an exposition: some small families, or some series of a large one. Written one
/// after the other, all parts are the whole, and only one of them has to be in memory as text.
///
/// @param families in order of their names, each with its series in order of their labels
/// @param continues whether the series of the only family go on from the part before, which has its
///   description
/// @param last whether the exposition ends with it
public record ExpositionPart(List<MetricFamily> families, boolean continues, boolean last) {
  /// Most series of a part.
  private static final int MOST_SERIES = 500;

  public ExpositionPart {
    families = List.copyOf(families);
  }

  /// The parts of an exposition, at least one.
  ///
  /// @throws IllegalArgumentException when two families have the same name
  public static List<ExpositionPart> of(List<MetricFamily> families) {
    List<MetricFamily> ordered = new ArrayList<>(families);
    ordered.sort(Comparator.comparing(MetricFamily::name));
    List<ExpositionPart> parts = new ArrayList<>();
    List<MetricFamily> small = new ArrayList<>();
    int series = 0;
    for (int i = 0; i < ordered.size(); i++) {
      MetricFamily family = ordered.get(i);
      if (i > 0 && family.name().equals(ordered.get(i - 1).name())) {
        throw new IllegalArgumentException("two families are called " + family.name());
      }
      if (series + family.points().size() > MOST_SERIES) {
        parts.add(new ExpositionPart(small, false, false));
        small = new ArrayList<>();
        series = 0;
      }
      if (family.points().size() > MOST_SERIES) {
        cut(family, parts);
      } else {
        small.add(family);
        series += family.points().size();
      }
    }
    parts.add(new ExpositionPart(small, false, true));
    return parts;
  }

  private static void cut(MetricFamily family, List<ExpositionPart> parts) {
    List<MetricFamily.Point> points = new ArrayList<>(family.points());
    points.sort((one, other) -> compare(one.labelValues(), other.labelValues()));
    for (int from = 0; from < points.size(); from += MOST_SERIES) {
      int to = Math.min(points.size(), from + MOST_SERIES);
      parts.add(
          new ExpositionPart(
              List.of(family.withPoints(points.subList(from, to))), from > 0, false));
    }
  }

  private static int compare(List<String> one, List<String> other) {
    int difference = 0;
    for (int i = 0; i < one.size() && difference == 0; i++) {
      difference = one.get(i).compareTo(other.get(i));
    }
    return difference;
  }
}
