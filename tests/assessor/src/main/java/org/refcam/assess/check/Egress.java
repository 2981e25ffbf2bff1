// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.catalogue.Text;

/**
 * What was told of where the subject sends. Immutable.
 *
 * @param capture taken where the subject's traffic leaves
 * @param way how it was taken; the verdict says it
 * @param declared destinations; an empty list says that it calls nobody, no list says nothing
 * @param vietNamOnly whether storage in Viet Nam only is set on the subject
 * @param address of the subject in the capture, if another than the one that is assessed
 */
public record Egress(
    Optional<Path> capture,
    Text way,
    Optional<List<Declared>> declared,
    boolean vietNamOnly,
    Optional<InetAddress> address) {
  /** A file whose origin the assessor cannot know. */
  public static final Text GIVEN =
      new Text("a capture that the user gave", "bản thu do người dùng đưa");

  public Egress {
    declared = declared.map(List::copyOf);
  }

  /** Nothing was told. */
  public static Egress untold() {
    return new Egress(Optional.empty(), GIVEN, Optional.empty(), false, Optional.empty());
  }
}
