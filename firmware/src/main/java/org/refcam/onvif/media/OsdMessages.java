// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Overlays;

/**
 * On-screen display. JAXB fills the fields; what a message lacks is null, or an empty list. Names
 * and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class OsdMessages {
  private OsdMessages() {}

  @XmlRootElement(name = "GetOSDs")
  public static class GetOSDs {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetOSDsResponse")
  public static class GetOSDsResponse {
    public List<Overlays.OSDConfiguration> OSDs = new ArrayList<>();
  }

  @XmlRootElement(name = "GetOSD")
  public static class GetOSD {
    public String OSDToken;
  }

  @XmlRootElement(name = "GetOSDResponse")
  public static class GetOSDResponse {
    public Overlays.OSDConfiguration OSD;
  }

  @XmlRootElement(name = "GetOSDOptions")
  public static class GetOSDOptions {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetOSDOptionsResponse")
  public static class GetOSDOptionsResponse {
    public Overlays.OSDConfigurationOptions OSDOptions;
  }

  @XmlRootElement(name = "SetOSD")
  public static class SetOSD {
    public Overlays.OSDConfiguration OSD;
  }

  @XmlRootElement(name = "SetOSDResponse")
  public static class SetOSDResponse {}

  @XmlRootElement(name = "CreateOSD")
  public static class CreateOSD {
    public Overlays.OSDConfiguration OSD;
  }

  @XmlRootElement(name = "CreateOSDResponse")
  public static class CreateOSDResponse {
    public String OSDToken;
  }

  @XmlRootElement(name = "DeleteOSD")
  public static class DeleteOSD {
    public String OSDToken;
  }

  @XmlRootElement(name = "DeleteOSDResponse")
  public static class DeleteOSDResponse {}
}
