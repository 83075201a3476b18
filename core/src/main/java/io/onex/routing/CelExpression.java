package io.onex.routing;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.onex.log.Record;

/// A compiled `when`: a CEL expression over one record. Immutable, safe for use by many threads.
///
/// Numbers of different types compare by value (`metadata.execution_time_ms > 1000` holds for
/// 1000.5). A missing field is an error, not false: ask `has(metadata.x)` first where it may be
/// missing. One that makes or looks at more than [EvaluationBudget#UNITS] fails. Source: the CEL
/// specification, "Language Definition".
final class CelExpression {
  private static final MapType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

  /// Longer loops over a record are mistakes or attacks.
  private static final int MAX_ITERATIONS = 10_000;

  private final CelRuntime.Program program;

  /// What came of an evaluation.
  enum Outcome {
    TRUE,
    FALSE,
    FAILED
  }

  private CelExpression(CelRuntime.Program program) {
    this.program = program;
  }

  static CelExpression compile(String rule, String text) throws InvalidExpressionException {
    assert !Thread.currentThread().isVirtual() : "compiling would hold a carrier";
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("event_id", SimpleType.STRING)
            .addVar("event_type", SimpleType.STRING)
            .addVar("node_id", SimpleType.STRING)
            .addVar("correlation_id", SimpleType.STRING)
            .addVar("kind", SimpleType.STRING)
            .addVar("event_time", SimpleType.TIMESTAMP)
            .addVar("ingest_time", SimpleType.TIMESTAMP)
            .addVar("size", SimpleType.INT)
            .addVar("metadata", OBJECT)
            .addVar("body", OBJECT)
            .setResultType(SimpleType.BOOL)
            .build();
    try {
      CelRuntime runtime =
          CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options).build();
      return new CelExpression(runtime.createProgram(compiler.compile(text).getAst()));
    } catch (CelValidationException e) {
      CelIssue first = e.getErrors().getFirst();
      throw new InvalidExpressionException(
          rule,
          "column "
              + (first.getSourceLocation().getColumn() + 1)
              + ": "
              + plain(first.getMessage().lines().findFirst().orElse("")));
    } catch (CelEvaluationException e) {
      throw new InvalidExpressionException(rule, String.valueOf(e.getMessage()));
    }
  }

  /// The compiler's sentence without the names of its grammar.
  private static String plain(String sentence) {
    return sentence
        .replaceAll(" expecting (\\{.*}|'.*')$", "")
        .replace("mismatched input '<EOF>'", "the expression ends too early")
        .replace("extraneous input", "nothing fits before")
        .replace("mismatched input", "this does not fit here:")
        .replace(" (in container '')", "");
  }

  Outcome evaluate(Record record) {
    try {
      Object result = program.trace(new RecordFacts(record), new EvaluationBudget());
      return Boolean.TRUE.equals(result) ? Outcome.TRUE : Outcome.FALSE;
    } catch (CelEvaluationException
        | IllegalArgumentException
        | EvaluationBudget.TooCostlyException e) {
      return Outcome.FAILED; // counted by the caller; the reason may hold payload
    }
  }
}
