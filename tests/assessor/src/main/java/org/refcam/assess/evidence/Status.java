// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import org.refcam.assess.catalogue.Text;

/** What a dossier says of a requirement. */
public enum Status {
  VERIFIED(new Text("verified", "đã xác minh"), "PASS"),
  NOT_VERIFIED(new Text("not verified", "chưa xác minh"), "FAIL"),
  NEEDS_PERSON(new Text("needs a person", "cần người đánh giá"), "UNKNOWN"),
  NOT_APPLICABLE(new Text("not applicable", "không áp dụng"), "NOT_APPLICABLE");

  private final Text words;
  private final String style;

  Status(Text words, String style) {
    this.words = words;
    this.style = style;
  }

  public Text words() {
    return words;
  }

  /** The class of the report's style sheet. */
  String style() {
    return style;
  }
}
