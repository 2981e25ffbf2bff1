// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person at a terminal: reads each prompt, does what it asks, types the answer. Confined to the
 * thread that runs the command.
 */
final class Scripted {
  private static final Pattern PROMPT = Pattern.compile("\\[([a-z]+\\.[a-z]+)] [^\\[]* > $");

  /** Does one step; the answer. */
  interface Act {
    String act(String step) throws Exception;
  }

  private final Act act;
  private final StringWriter shown = new StringWriter();
  private final StringBuilder typed = new StringBuilder();
  private final List<String> steps = new ArrayList<>();
  private int read;

  Scripted(Act act) {
    this.act = act;
  }

  /** Everything on the screen. */
  String screen() {
    return shown.toString();
  }

  /** The steps in the order in which they were asked. */
  List<String> steps() {
    return steps;
  }

  PrintWriter out() {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] letters, int from, int count) {
            shown.write(letters, from, count);
          }

          @Override
          public void flush() throws IOException {
            Matcher prompt = PROMPT.matcher(shown.getBuffer().substring(read));
            if (prompt.find()) {
              read = shown.getBuffer().length();
              steps.add(prompt.group(1));
              try {
                typed.append(act.act(prompt.group(1))).append('\n');
              } catch (Exception e) {
                throw new IOException(e);
              }
            }
          }

          @Override
          public void close() {}
        },
        true);
  }

  Reader in() {
    return new Reader() {
      @Override
      public int read(char[] into, int from, int most) {
        if (typed.length() == 0) {
          return -1;
        }
        int count = Math.min(most, typed.length());
        typed.getChars(0, count, into, from);
        typed.delete(0, count);
        return count;
      }

      @Override
      public void close() {}
    };
  }
}
