// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

import jakarta.xml.bind.annotation.XmlRootElement;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.MediaTypes;

/**
 * Addresses of streams and pictures. JAXB fills the fields; what a message lacks is null, or an
 * empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Uris {
  private Uris() {}

  @XmlRootElement(name = "GetStreamUri")
  public static class GetStreamUri {
    public MediaTypes.StreamSetup StreamSetup;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetStreamUriResponse")
  public static class GetStreamUriResponse {
    public MediaTypes.MediaUri MediaUri;
  }

  @XmlRootElement(name = "GetSnapshotUri")
  public static class GetSnapshotUri {
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetSnapshotUriResponse")
  public static class GetSnapshotUriResponse {
    public MediaTypes.MediaUri MediaUri;
  }

  @XmlRootElement(name = "SetSynchronizationPoint")
  public static class SetSynchronizationPoint {
    public String ProfileToken;
  }

  @XmlRootElement(name = "SetSynchronizationPointResponse")
  public static class SetSynchronizationPointResponse {}
}
