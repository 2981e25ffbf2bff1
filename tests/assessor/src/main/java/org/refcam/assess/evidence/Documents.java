// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Documents of the tree that claims point to, as copies in the dossier. Stateless. */
final class Documents {
  /** The one that goes into each dossier. */
  static final String THREAT_MODEL = "firmware/doc/threat-model.md";

  private Documents() {}

  /** Where a document of the tree lies in a dossier. */
  static String file(String name) {
    return "evidence/documents/" + name.replace('/', '-');
  }

  /**
   * All that are pointed to.
   *
   * @throws IOException if one is not in the tree
   */
  static Map<String, byte[]> of(Tree tree, Claims claims) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(file(THREAT_MODEL), Files.readAllBytes(tree.top().resolve(THREAT_MODEL)));
    for (Claims.Claim claim : claims.byRequirement().values()) {
      for (String name : claim.documents()) {
        Path document = tree.top().resolve(name);
        files.put(file(name), Files.readAllBytes(document));
      }
    }
    return files;
  }
}
