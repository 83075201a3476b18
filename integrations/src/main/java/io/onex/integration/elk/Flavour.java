package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.delivery.http.HttpAnswer;
import io.onex.json.JsonFields;

/// Which of the two families of search engines answers.
enum Flavour {
  /// Elasticsearch, 7.8 or newer.
  ELASTICSEARCH("flattened"),
  /// OpenSearch, 2.7 or newer.
  OPENSEARCH("flat_object");

  private final String flatType;

  Flavour(String flatType) {
    this.flatType = flatType;
  }

  /// The mapping type that keeps a whole JSON object as one field, whatever keys it has.
  String flatType() {
    return flatType;
  }

  /// Whether the answer, to whatever was asked, is signed by Elasticsearch, as those of 7.14 and
  /// newer are. Asking `GET /` takes a privilege that writing documents does not.
  static boolean isSigned(HttpAnswer answer) {
    return answer.header("x-elastic-product").filter("Elasticsearch"::equals).isPresent();
  }

  /// @param root the answer to `GET /`: only OpenSearch names a distribution
  static Flavour of(Slice root) {
    return JsonFields.textIs(JsonFields.find(root, "version", "distribution"), "opensearch")
        ? OPENSEARCH
        : ELASTICSEARCH;
  }
}
