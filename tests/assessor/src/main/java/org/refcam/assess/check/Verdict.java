// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import org.refcam.assess.catalogue.Text;

/** What a check or a requirement comes to. */
public enum Verdict {
  PASS(new Text("pass", "đạt")),
  FAIL(new Text("fail", "không đạt")),
  /** The subject has nothing that it could apply to; the reason says what was looked at. */
  NOT_APPLICABLE(new Text("not applicable", "không áp dụng")),
  /** Not shown; the reason says what is missing. */
  UNKNOWN(new Text("unknown", "chưa rõ"));

  private final Text words;

  Verdict(Text words) {
    this.words = words;
  }

  public Text words() {
    return words;
  }
}
