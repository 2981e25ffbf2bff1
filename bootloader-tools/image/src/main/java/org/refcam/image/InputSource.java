// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once: a file of the release side. */
@FunctionalInterface
public interface InputSource {
  InputStream open() throws IOException;
}
