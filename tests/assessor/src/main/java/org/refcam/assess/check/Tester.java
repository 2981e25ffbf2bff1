// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.refcam.assess.catalogue.Text;

/** The person at the subject, who does and sees what no network can. */
@FunctionalInterface
public interface Tester {
  /** It was done as asked. */
  String DONE = "done";

  /** It was left out. */
  String SKIP = "skip";

  /**
   * One thing to do or to look at.
   *
   * @param id stable: {@code power.off}
   * @param words of which one is the answer; {@link #SKIP} is always among them
   */
  record Step(String id, Text text, List<String> words) {
    public Step {
      words = List.copyOf(words);
      if (!words.contains(SKIP)) {
        throw new IllegalArgumentException(id + " cannot be left out");
      }
    }
  }

  /**
   * What the person said.
   *
   * @param who the person's name, as it stands in the evidence
   * @param word one of the step's
   */
  record Answer(String who, String word, Instant asked, Instant answered) {}

  /**
   * Asks and waits, as long as it takes.
   *
   * @throws IOException if nobody can be asked any more
   */
  Answer ask(Step step) throws IOException;
}
