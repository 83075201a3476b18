package io.onex.routing;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/// How much one evaluation of an expression may make and look at, in sizes: characters of texts,
/// elements of lists and maps. Loops are bounded apart from it.
///
/// Every value that a part of the expression yields is charged, so that a text is paid for each
/// time it is used and nothing can double in silence: at most twice the budget is ever in memory.
/// One thread.
final class EvaluationBudget implements CelEvaluationListener {
  /// Several times the largest event.
  static final long UNITS = 8 << 20;

  private static final String ADD = "_+_";

  private long left = UNITS;

  @Override
  public void callback(CelExpr expression, Object value) {
    switch (value) {
      case CharSequence text -> spend(text.length());
      case com.google.protobuf.ByteString bytes -> spend(bytes.size());
      case Collection<?> list when isLiteral(expression) -> spendAll(list);
      case Map<?, ?> map when isLiteral(expression) -> spendAll(map.values());
      case Collection<?> list when isSum(expression) -> spend(list.size());
      default -> spend(1);
    }
  }

  private static boolean isLiteral(CelExpr expression) {
    Kind kind = expression.exprKind().getKind();
    return kind == Kind.LIST || kind == Kind.MAP;
  }

  /// Whether two lists were added by whoever wrote the expression; a loop adds what it collects one
  /// by one, and is bounded by itself.
  private static boolean isSum(CelExpr expression) {
    return expression.exprKind().getKind() == Kind.CALL
        && expression.call().function().equals(ADD)
        && !isCollected(expression.call().args().getFirst());
  }

  private static boolean isCollected(CelExpr expression) {
    return expression.exprKind().getKind() == Kind.IDENT
        && (expression.ident().name().startsWith("@")
            || expression.ident().name().startsWith("__"));
  }

  /// What a literal holds may stand in it many times: comparing it looks at each.
  private void spendAll(Collection<?> values) {
    spend(1);
    for (Object value : values) {
      switch (value) {
        case Collection<?> list -> spendAll(list);
        case Map<?, ?> map -> spendAll(map.values());
        default -> spend(1);
      }
    }
  }

  private void spend(long units) {
    left -= units;
    if (left < 0) {
      throw new TooCostlyException();
    }
  }

  /// The budget is used up; the record counts as one on which the expression failed.
  static final class TooCostlyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooCostlyException() {
      super("the expression makes or looks at too much", null, false, false);
    }
  }
}
