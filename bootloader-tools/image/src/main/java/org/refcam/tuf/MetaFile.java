// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How one metadata file is listed by another (4.4).
 *
 * @param length in bytes; empty if the lister does not say
 * @param hashes in hexadecimal by algorithm; empty if the lister does not say
 */
public record MetaFile(long version, OptionalLong length, Map<String, String> hashes) {
  public MetaFile {
    hashes = Map.copyOf(hashes);
  }
}
