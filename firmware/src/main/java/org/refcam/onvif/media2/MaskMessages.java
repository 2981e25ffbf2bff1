// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Overlays;

/**
 * Privacy masks. JAXB fills the fields; what a message lacks is null, or an empty list. Names and
 * order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class MaskMessages {
  private MaskMessages() {}

  @XmlRootElement(name = "GetMasks")
  public static class GetMasks {
    public String Token;
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetMasksResponse")
  public static class GetMasksResponse {
    public List<Mask> Masks = new ArrayList<>();
  }

  @XmlRootElement(name = "GetMaskOptions")
  public static class GetMaskOptions {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetMaskOptionsResponse")
  public static class GetMaskOptionsResponse {
    public MaskOptions Options;
  }

  @XmlRootElement(name = "SetMask")
  public static class SetMask {
    public Mask Mask;
  }

  @XmlRootElement(name = "SetMaskResponse")
  public static class SetMaskResponse {}

  @XmlRootElement(name = "CreateMask")
  public static class CreateMask {
    public Mask Mask;
  }

  @XmlRootElement(name = "CreateMaskResponse")
  public static class CreateMaskResponse {
    public String Token;
  }

  @XmlRootElement(name = "DeleteMask")
  public static class DeleteMask {
    public String Token;
  }

  @XmlRootElement(name = "DeleteMaskResponse")
  public static class DeleteMaskResponse {}

  public static class Mask {
    public String ConfigurationToken;
    public Overlays.Polygon Polygon;
    public String Type;
    public Overlays.Color Color;
    public Boolean Enabled;
    @XmlAttribute public String token;
  }

  public static class MaskOptions {
    public Integer MaxMasks;
    public Integer MaxPoints;
    public List<String> Types = new ArrayList<>();
    public Overlays.ColorOptions Color;

    @XmlAttribute(name = "RectangleOnly")
    public Boolean RectangleOnly;

    @XmlAttribute(name = "SingleColorOnly")
    public Boolean SingleColorOnly;
  }
}
