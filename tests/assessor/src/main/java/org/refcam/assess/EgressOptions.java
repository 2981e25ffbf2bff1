// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.check.Declared;
import org.refcam.assess.check.Egress;
import picocli.CommandLine.Option;

/** Options for where the camera sends. */
final class EgressOptions {
  @Option(
      names = {"--egress-capture", "--capture"},
      paramLabel = "FILE",
      description = "pcap or pcapng taken at the camera's gateway: where it sends is read from it")
  private @Nullable Path capture;

  @Option(
      names = "--declared",
      paramLabel = "HOST[:COUNTRY]",
      split = ",",
      description =
          "where the camera may send: a name (*.NAME for all below it) or an address, with its declared country; none for nowhere. May be repeated")
  private List<String> declared = List.of();

  @Option(
      names = "--destinations",
      paramLabel = "FILE",
      description = "the same as a file, lines of HOST COUNTRY")
  private @Nullable Path destinations;

  @Option(names = "--viet-nam-only", description = "storage in Viet Nam only is set on the camera")
  private boolean vietNamOnly;

  @Option(
      names = "--egress-address",
      paramLabel = "ADDRESS",
      description = "the camera's address in the capture, if another than HOST's")
  private String address = "";

  /**
   * What was told.
   *
   * @throws Target.BadTargetException for a destination or an address that is none
   */
  Egress egress() throws IOException, Target.BadTargetException {
    Optional<InetAddress> own =
        address.isEmpty()
            ? Optional.empty()
            : Optional.of(Target.parse(address).addresses().get(0));
    return new Egress(Optional.ofNullable(capture), Egress.GIVEN, list(), vietNamOnly, own);
  }

  private Optional<List<Declared>> list() throws IOException, Target.BadTargetException {
    if (declared.isEmpty() && destinations == null) {
      return Optional.empty();
    }
    try {
      List<Declared> all = new ArrayList<>();
      for (String one : declared) {
        if (!one.strip().equals(Declared.NONE)) {
          all.add(Declared.parse(one));
        }
      }
      if (destinations != null) {
        all.addAll(Declared.read(destinations));
      }
      return Optional.of(all);
    } catch (Declared.MalformedException e) {
      throw new Target.BadTargetException(String.valueOf(e.getMessage()));
    }
  }
}
