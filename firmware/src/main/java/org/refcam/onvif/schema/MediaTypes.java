// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.wsn.Notifications;
import org.w3c.dom.Element;

/**
 * Sources, profiles, configurations, and the small types that many share. JAXB fills the fields;
 * what a message lacks is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class MediaTypes {
  private MediaTypes() {}

  public static class VideoSource extends DeviceEntity {
    public Float Framerate;
    public Encoders.VideoResolution Resolution;
  }

  public static class Profile {
    public String Name;
    public VideoSourceConfiguration VideoSourceConfiguration;
    public Encoders.VideoEncoderConfiguration VideoEncoderConfiguration;
    public MetadataConfiguration MetadataConfiguration;
    @XmlAttribute public String token;
    @XmlAttribute public Boolean fixed;
  }

  public static class VideoSourceConfiguration extends ConfigurationEntity {
    public String SourceToken;
    public IntRectangle Bounds;

    @XmlAttribute(name = "ViewMode")
    public String ViewMode;
  }

  public static class MetadataConfiguration extends ConfigurationEntity {
    public EventSubscription Events;
    public Boolean Analytics;
    public Network.MulticastConfiguration Multicast;
    public String SessionTimeout;
    public SensorDataFilter SensorData;

    @XmlAttribute(name = "CompressionType")
    public String CompressionType;

    @XmlAttribute(name = "GeoLocation")
    public Boolean GeoLocation;

    @XmlAttribute(name = "ShapePolygon")
    public Boolean ShapePolygon;

    @XmlAttribute(name = "SecureStreamingProtocolAlgorithm")
    public String SecureStreamingProtocolAlgorithm;
  }

  public static class VideoSourceConfigurationOptions {
    public IntRectangleRange BoundsRange;
    public List<String> VideoSourceTokensAvailable = new ArrayList<>();

    @XmlAttribute(name = "MaximumNumberOfProfiles")
    public Integer MaximumNumberOfProfiles;
  }

  public static class StreamSetup {
    public String Stream;
    public Transport Transport;
  }

  public static class MediaUri {
    public String Uri;
    public Boolean InvalidAfterConnect;
    public Boolean InvalidAfterReboot;
    public String Timeout;
  }

  public static class VideoAnalyticsConfiguration extends ConfigurationEntity {
    public AnalyticsEngineConfiguration AnalyticsEngineConfiguration;
    public RuleEngineConfiguration RuleEngineConfiguration;
  }

  public static class OnvifVersion {
    public Integer Major;
    public Integer Minor;
  }

  public static class DeviceEntity {
    @XmlAttribute public String token;
  }

  public static class ConfigurationEntity {
    public String Name;
    public Integer UseCount;
    @XmlAttribute public String token;
  }

  public static class IntRectangle {
    @XmlAttribute public Integer x;
    @XmlAttribute public Integer y;
    @XmlAttribute public Integer width;
    @XmlAttribute public Integer height;
  }

  public static class MetadataConfigurationOptions {
    public PTZStatusFilterOptions PTZStatusFilterOptions;

    @XmlAttribute(name = "GeoLocation")
    public Boolean GeoLocation;
  }

  public static class PTZStatusFilterOptions {
    public Boolean PanTiltStatusSupported;
    public Boolean ZoomStatusSupported;
  }

  public static class EventSubscription {
    public Notifications.FilterType Filter;
    public EventSubscriptionSubscriptionPolicy SubscriptionPolicy;
  }

  public static class SensorDataFilter {
    public List<String> SensorID = new ArrayList<>();
    public List<String> Type = new ArrayList<>();
  }

  public static class IntRectangleRange {
    public IntRange XRange;
    public IntRange YRange;
    public IntRange WidthRange;
    public IntRange HeightRange;
  }

  public static class IntRange {
    public Integer Min;
    public Integer Max;
  }

  public static class Transport {
    public String Protocol;
  }

  public static class MaximumNumberOfOSDs {
    @XmlAttribute(name = "Total")
    public Integer Total;

    @XmlAttribute(name = "Image")
    public Integer Image;

    @XmlAttribute(name = "PlainText")
    public Integer PlainText;

    @XmlAttribute(name = "Date")
    public Integer Date;

    @XmlAttribute(name = "Time")
    public Integer Time;

    @XmlAttribute(name = "DateAndTime")
    public Integer DateAndTime;
  }

  public static class AnalyticsEngineConfiguration {
    public List<Config> AnalyticsModule = new ArrayList<>();
  }

  public static class RuleEngineConfiguration {
    public List<Config> Rule = new ArrayList<>();
  }

  public static class FloatRange {
    public Float Min;
    public Float Max;
  }

  public static class EventSubscriptionSubscriptionPolicy {}

  public static class Config {
    public ItemList Parameters;

    @XmlAttribute(name = "Name")
    public String Name;

    @XmlAttribute(name = "Type")
    public QName Type;
  }

  public static class Rectangle {
    @XmlAttribute public Float bottom;
    @XmlAttribute public Float top;
    @XmlAttribute public Float right;
    @XmlAttribute public Float left;
  }

  public static class ItemList {
    public List<ItemListSimpleItem> SimpleItem = new ArrayList<>();
    public List<ItemListElementItem> ElementItem = new ArrayList<>();
  }

  public static class ItemListSimpleItem {
    @XmlAttribute(name = "Name")
    public String Name;

    @XmlAttribute(name = "Value")
    public String Value;
  }

  public static class ItemListElementItem {
    @XmlAnyElement public Element any;

    @XmlAttribute(name = "Name")
    public String Name;
  }
}
