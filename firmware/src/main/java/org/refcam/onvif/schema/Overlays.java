// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * On-screen display, masks and the shapes of both. JAXB fills the fields; what a message lacks is
 * null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Overlays {
  private Overlays() {}

  public static class OSDConfiguration extends MediaTypes.DeviceEntity {
    public OSDReference VideoSourceConfigurationToken;
    public String Type;
    public OSDPosConfiguration Position;
    public OSDTextConfiguration TextString;
  }

  public static class OSDConfigurationOptions {
    public MediaTypes.MaximumNumberOfOSDs MaximumNumberOfOSDs;
    public List<String> Type = new ArrayList<>();
    public List<String> PositionOption = new ArrayList<>();
    public OSDTextOptions TextOption;
  }

  public static class OSDReference {
    @XmlValue public String value;
  }

  public static class OSDPosConfiguration {
    public String Type;
    public Vector Pos;
  }

  public static class OSDTextConfiguration {
    public String Type;
    public String DateFormat;
    public String TimeFormat;
    public Integer FontSize;
    public String PlainText;

    @XmlAttribute(name = "IsPersistentText")
    public Boolean IsPersistentText;
  }

  public static class OSDTextOptions {
    public List<String> Type = new ArrayList<>();
    public MediaTypes.IntRange FontSizeRange;
    public List<String> DateFormat = new ArrayList<>();
    public List<String> TimeFormat = new ArrayList<>();
  }

  public static class Polygon {
    public List<Vector> Point = new ArrayList<>();
  }

  public static class Color {
    @XmlAttribute(name = "X")
    public Float X;

    @XmlAttribute(name = "Y")
    public Float Y;

    @XmlAttribute(name = "Z")
    public Float Z;

    @XmlAttribute(name = "Colorspace")
    public String Colorspace;

    @XmlAttribute(name = "Likelihood")
    public Float Likelihood;
  }

  public static class ColorOptions {
    public List<Color> ColorList = new ArrayList<>();
    public List<ColorspaceRange> ColorspaceRange = new ArrayList<>();
  }

  public static class Vector {
    @XmlAttribute public Float x;
    @XmlAttribute public Float y;
  }

  public static class ColorspaceRange {
    public MediaTypes.FloatRange X;
    public MediaTypes.FloatRange Y;
    public MediaTypes.FloatRange Z;
    public String Colorspace;
  }
}
