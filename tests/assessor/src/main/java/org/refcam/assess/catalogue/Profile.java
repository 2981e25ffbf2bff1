// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

/** One regime as a view of the catalogue. {@code note} says how well it is known. */
public record Profile(String id, String title, Text note) {
  /** The view that leaves nothing out. */
  public static final String ALL = "all";
}
