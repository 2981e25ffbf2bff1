// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.IOException;
import java.util.Optional;

/**
 * The client's own copies of trusted metadata, on a medium that survives power loss. Names are the
 * roles' without a version: {@code root.json}, and percent-encoded for delegated roles.
 */
public interface MetadataStore {
  Optional<byte[]> read(String name) throws IOException;

  /** Replaces the file durably: after power loss there is the old one or the new one. */
  void write(String name, byte[] bytes) throws IOException;

  /** Deletes the file durably, if it is there. */
  void delete(String name) throws IOException;
}
