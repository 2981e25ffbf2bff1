// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/**
 * A target as a trusted role lists it (4.5).
 *
 * @param path relative, with {@code /} between segments
 * @param length in bytes
 * @param hashes in hexadecimal by algorithm, at least one
 * @param custom what the application adds; an empty object if nothing
 */
public record TargetFile(String path, long length, Map<String, String> hashes, JsonNode custom) {
  public TargetFile {
    hashes = Map.copyOf(hashes);
    custom = custom.deepCopy();
  }

  public TargetFile(String path, long length, Map<String, String> hashes) {
    this(path, length, hashes, JsonNodeFactory.instance.objectNode());
  }

  @Override
  public JsonNode custom() {
    return custom.deepCopy();
  }

  /** Begins to check the target's bytes as they stream by. */
  public TargetCheck check() {
    return new TargetCheck(this);
  }
}
