package io.onex.integration.elk;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.DeliveryResult.ItemResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkAnswerTest {
  @Test
  void an_answer_without_errors_delivers_all() {
    assertThat(read("{\"errors\":false,\"items\":[{\"create\":{\"status\":201}}]}", 1))
        .isInstanceOf(DeliveryResult.Delivered.class);
  }

  @Test
  void a_document_that_is_already_there_was_taken_by_an_earlier_attempt() {
    assertThat(
            items(
                read(
                    "{\"errors\":true,\"items\":["
                        + item(409, "version_conflict_engine_exception", "[a]: version conflict")
                        + ",{\"create\":{\"status\":201}}]}",
                    2)))
        .hasOnlyElementsOfType(ItemResult.Taken.class);
  }

  @ParameterizedTest
  @CsvSource({
    "429, es_rejected_execution_exception, TryAgain",
    "503, unavailable_shards_exception, TryAgain",
    "403, cluster_block_exception, TryAgain",
    "404, index_not_found_exception, TryAgain",
    "400, validation_exception, TryAgain",
    "400, mapper_parsing_exception, NeverTaken",
    "413, whatever, NeverTaken"
  })
  void each_item_is_judged_by_its_own_status(int status, String type, String result) {
    DeliveryResult read =
        read(
            "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}},"
                + item(status, type, "")
                + "]}",
            2);

    assertThat(items(read).get(0)).isInstanceOf(ItemResult.Taken.class);
    assertThat(items(read).get(1).getClass().getSimpleName()).isEqualTo(result);
  }

  @Test
  void a_reason_names_the_field_and_never_the_value() {
    DeliveryResult read =
        read(
            "{\"errors\":true,\"items\":["
                + item(
                    400,
                    "mapper_parsing_exception",
                    "failed to parse field [n] of type [double] in document with id 'x'. Preview of"
                        + " field's value: 'hunter2'")
                + "]}",
            1);

    assertThat(((ItemResult.NeverTaken) items(read).getFirst()).reason())
        .contains("mapper_parsing_exception", "field n")
        .doesNotContain("hunter2");
  }

  @Test
  void an_answer_that_asks_for_every_item_again_still_speaks_of_items() {
    assertThat(read("{\"errors\":true,\"items\":[" + item(429, "busy", "") + "]}", 1))
        .isInstanceOf(DeliveryResult.PerItem.class);
  }

  @Test
  void an_index_that_may_not_be_written_makes_the_destination_unauthorized() {
    assertThat(read("{\"errors\":true,\"items\":[" + item(403, "security_exception", "") + "]}", 1))
        .isInstanceOf(DeliveryResult.Unauthorized.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`<html>`",
        "`[]`",
        "`{}`",
        "``",
        "`{\"errors\":true,\"items\":[]}`",
        "`{\"errors\":tr`"
      })
  void an_answer_of_another_form_gives_up_nothing(String body) {
    assertThat(read(body, 1)).isInstanceOf(DeliveryResult.Retryable.class);
  }

  private static DeliveryResult read(String body, int items) {
    return BulkAnswer.read(Slice.utf8(body), items);
  }

  private static List<ItemResult> items(DeliveryResult result) {
    return ((DeliveryResult.PerItem) result).items();
  }

  private static String item(int status, String type, String reason) {
    return "{\"create\":{\"status\":"
        + status
        + ",\"error\":{\"type\":\""
        + type
        + "\",\"reason\":\""
        + reason
        + "\",\"caused_by\":{\"type\":\"x\"}}}}";
  }
}
