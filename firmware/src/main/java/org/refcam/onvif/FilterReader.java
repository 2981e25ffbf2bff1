// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a client's condition token by token: what ONVIF's dialects of filters have in common.
 *
 * <pre>
 *   condition = term { ("and" | "or") term }          from the left, neither binds closer
 *   term      = "(" condition ")" | "not" "(" condition ")" | leaf
 * </pre>
 *
 * A leaf is the dialect's own. At most {@value #LONGEST} letters and {@value #DEEPEST} brackets
 * deep; no XPath engine ever sees it. Confined to one thread.
 */
public final class FilterReader {
  public static final int LONGEST = 1_024;
  public static final int DEEPEST = 16;

  private final Supplier<OnvifFault> refusal;
  private final Matcher in;
  private int position;
  private int depth;
  private String token = "";

  /**
   * @param tokens blanks, then a token as first group
   * @param refusal what a client is told whose text is not of the dialect
   */
  public FilterReader(String text, Pattern tokens, Supplier<OnvifFault> refusal) {
    this.refusal = refusal;
    if (text.length() > LONGEST) {
      throw bad();
    }
    in = tokens.matcher(text.strip());
    advance();
  }

  /**
   * The whole text as one condition.
   *
   * @throws OnvifFault the dialect's refusal
   */
  public <T> Predicate<T> read(Supplier<Predicate<T>> leaf) {
    Predicate<T> read = condition(leaf);
    if (!token.isEmpty()) {
      throw bad();
    }
    return read;
  }

  /** A condition that begins here. */
  public <T> Predicate<T> condition(Supplier<Predicate<T>> leaf) {
    Predicate<T> left = term(leaf);
    while (token.equals("and") || token.equals("or")) {
      boolean and = next().equals("and");
      left = and ? left.and(term(leaf)) : left.or(term(leaf));
    }
    return left;
  }

  private <T> Predicate<T> term(Supplier<Predicate<T>> leaf) {
    if (depth >= DEEPEST) {
      throw bad();
    }
    if (token.equals("(")) {
      return bracket(leaf);
    }
    if (token.equals("not")) {
      next();
      return bracket(leaf).negate();
    }
    return leaf.get();
  }

  private <T> Predicate<T> bracket(Supplier<Predicate<T>> leaf) {
    take("(");
    depth++;
    Predicate<T> inner = condition(leaf);
    depth--;
    take(")");
    return inner;
  }

  /** The token here, and goes on. */
  public String next() {
    String read = token;
    if (read.isEmpty()) {
      throw bad();
    }
    advance();
    return read;
  }

  /** Goes on behind a token that must be here. */
  public void take(String expected) {
    if (!token.equals(expected)) {
      throw bad();
    }
    advance();
  }

  /** What stands here between quotes. */
  public String quoted() {
    String quoted = next();
    if (quoted.length() < 2 || quoted.charAt(0) != '"' && quoted.charAt(0) != '\'') {
      throw bad();
    }
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The dialect's refusal, to throw. */
  public OnvifFault bad() {
    return refusal.get();
  }

  private void advance() {
    if (position == in.regionEnd()) {
      token = "";
      return;
    }
    if (!in.find(position) || in.start() != position) {
      throw bad();
    }
    position = in.end();
    token = in.group(1);
  }
}
