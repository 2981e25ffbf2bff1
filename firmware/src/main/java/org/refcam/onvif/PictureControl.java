// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.util.List;
import org.refcam.encode.PrivacyMask;

/** What is drawn into every picture. Implementations are safe from any thread. */
public interface PictureControl {
  /** Masks that a camera can hold. */
  int MOST_MASKS = 16;

  List<PrivacyMask> masks();

  /**
   * @throws IOException if they could not be stored; the old ones stay
   */
  void masks(List<PrivacyMask> masks) throws IOException;

  /** Whether date and time are drawn. */
  boolean clock();

  /**
   * @throws IOException if it could not be stored
   */
  void clock(boolean shown) throws IOException;
}
