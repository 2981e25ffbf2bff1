// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

/** The same words in English and Vietnamese; neither is empty. */
public record Text(String en, String vi) {
  public Text {
    if (en.isBlank() || vi.isBlank()) {
      throw new IllegalArgumentException("a text without words: " + en + " / " + vi);
    }
  }

  /**
   * @param language "vi", or anything else for English
   */
  public String in(String language) {
    return language.equals("vi") ? vi : en;
  }
}
