// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;

/** Eight rows of 32 fuses that belong to whoever builds the camera. A burnt bit stays 1. */
public interface CustomerOtp {
  /** How many rows there are. */
  int ROWS = 8;

  /** All rows; unburnt ones are 0. */
  int[] read() throws IOException;

  /** Burns the ones of a value into a row, for good. */
  void burn(int row, int value) throws IOException;
}
