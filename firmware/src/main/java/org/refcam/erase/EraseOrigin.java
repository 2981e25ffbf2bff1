// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * By which door an erase was asked for, and so in which role. An erase certificate names the role
 * only, never a person.
 */
public enum EraseOrigin {
  /** The page or a program, in an administrator's session that proved its password again. */
  REST("rest", "administrator"),
  /** An ONVIF client of the level Administrator. */
  ONVIF("onvif", "administrator"),
  /** {@code refcam erase} on the stopped camera's own machine. */
  COMMAND("command", "local operator"),
  /** The board's button, held. */
  BUTTON("button", "person at the device"),
  /** The intent could be read no more; that an erase began was certain all the same. */
  UNKNOWN("unknown", "unknown");

  private final String word;
  private final String role;

  EraseOrigin(String word, String role) {
    this.word = word;
    this.role = role;
  }

  /** The way in, as programs read it. */
  public String word() {
    return word;
  }

  /** In which role whoever asked came in. */
  public String role() {
    return role;
  }

  static Optional<EraseOrigin> find(String word) {
    return Stream.of(values()).filter(origin -> origin.word.equals(word)).findFirst();
  }
}
