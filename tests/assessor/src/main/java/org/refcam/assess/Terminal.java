// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.refcam.assess.check.Tester;

/**
 * Asks the person at a terminal, or a file in the person's place. One line is one answer: a word,
 * or {@code STEP: WORD} as a file best says it, so that an answer never goes to another step.
 * Confined to one thread.
 */
final class Terminal implements Tester {
  private static final int TRIES = 10;
  private static final int LINE_MAX = 200;

  private final BufferedReader in;
  private final PrintWriter out;
  private final String who;
  private final String language;
  private final Clock clock;

  Terminal(BufferedReader in, PrintWriter out, String who, String language, Clock clock) {
    this.in = in;
    this.out = out;
    this.who = who;
    this.language = language;
    this.clock = clock;
  }

  @Override
  public Answer ask(Step step) throws IOException {
    Instant asked = clock.instant();
    out.println();
    out.println("[" + step.id() + "] " + step.text().in(language));
    for (int i = 0; i < TRIES; i++) {
      out.print(String.join(" / ", step.words()) + " > ");
      out.flush();
      String line = in.readLine();
      if (line == null) {
        out.println("(no more answers: left out)");
        return new Answer(who, SKIP, asked, clock.instant());
      }
      String word = word(line, step);
      if (step.words().contains(word)) {
        out.println();
        return new Answer(who, word, asked, clock.instant());
      }
      out.println("not an answer to " + step.id());
    }
    out.println("(" + TRIES + " lines were no answer: left out)");
    return new Answer(who, SKIP, asked, clock.instant());
  }

  // "" if the line is meant for another step.
  private static String word(String line, Step step) {
    String said = line.substring(0, Math.min(LINE_MAX, line.length())).strip();
    String lower = said.toLowerCase(Locale.ROOT);
    int colon = lower.indexOf(':');
    if (colon < 0) {
      return lower;
    }
    return lower.substring(0, colon).strip().equals(step.id())
        ? lower.substring(colon + 1).strip()
        : "";
  }
}
