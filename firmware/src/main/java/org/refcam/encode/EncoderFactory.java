// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;

/** Opens the encoder that the board has. */
@FunctionalInterface
public interface EncoderFactory {
  /**
   * @throws IOException if the encoder refuses the settings
   */
  VideoEncoder open(EncoderSettings settings) throws IOException;
}
