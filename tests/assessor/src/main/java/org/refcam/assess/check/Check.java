// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import org.refcam.assess.catalogue.Text;

/** One thing that is tried on a subject. */
public interface Check {
  /** Stable and unique: the catalogue names it. */
  String id();

  Text title();

  /**
   * Looks at the subject.
   *
   * @throws IOException if the subject broke off; the requirement is then unknown
   */
  Finding look(Subject subject) throws IOException;

  /** The work of a check. */
  @FunctionalInterface
  interface Work {
    Finding look(Subject subject, Notes notes) throws IOException;
  }

  /** A check from its parts. */
  static Check of(String id, String en, String vi, Work work) {
    return new Check() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public Text title() {
        return new Text(en, vi);
      }

      @Override
      public Finding look(Subject subject) throws IOException {
        return work.look(subject, new Notes(id, subject.evidence()));
      }
    };
  }
}
