// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import org.refcam.onvif.events.EventHub;
import org.refcam.onvif.events.MetadataStream;
import org.refcam.onvif.events.Topic;
import org.refcam.onvif.schema.MediaTypes.EventSubscription;
import org.refcam.onvif.schema.MediaTypes.MetadataConfiguration;
import org.refcam.onvif.schema.MediaTypes.MetadataConfigurationOptions;
import org.refcam.onvif.schema.MediaTypes.PTZStatusFilterOptions;
import org.refcam.onvif.schema.Network.IPAddress;
import org.refcam.onvif.schema.Network.MulticastConfiguration;

/** The one metadata configuration, which both media services show. Safe from any thread. */
public final class MetadataText {
  /** Token and name of the configuration. */
  public static final String TOKEN = "metadata";

  private static final String NO_MULTICAST = "0.0.0.0";

  private final EventHub events;
  private final MetadataStream stream;

  MetadataText(EventHub events) {
    this.events = events;
    this.stream = events.metadata();
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig unless it is the one there is
   */
  public static void require(String token) {
    if (!TOKEN.equals(token)) {
      throw MediaRoom.noConfig();
    }
  }

  /**
   * @param useCount profiles that it is in
   */
  MetadataConfiguration configuration(int useCount) {
    MetadataConfiguration made = new MetadataConfiguration();
    made.token = TOKEN;
    made.Name = TOKEN;
    made.UseCount = useCount;
    if (stream.events()) {
      made.Events = new EventSubscription();
      made.Events.Filter = stream.filter();
    }
    made.Analytics = false;
    made.Multicast = new MulticastConfiguration();
    made.Multicast.Address = new IPAddress();
    made.Multicast.Address.Type = "IPv4";
    made.Multicast.Address.IPv4Address = NO_MULTICAST;
    made.Multicast.Port = 0;
    made.Multicast.TTL = 0;
    made.Multicast.AutoStart = false;
    made.SessionTimeout = "PT60S";
    return made;
  }

  public static MetadataConfigurationOptions options() {
    MetadataConfigurationOptions made = new MetadataConfigurationOptions();
    made.PTZStatusFilterOptions = new PTZStatusFilterOptions();
    made.PTZStatusFilterOptions.PanTiltStatusSupported = false;
    made.PTZStatusFilterOptions.ZoomStatusSupported = false;
    made.GeoLocation = false;
    return made;
  }

  /**
   * Chooses which events are in the stream: those of the filter, all without one, none without the
   * element. What the stream has not, such as analytics, may be asked for and stays out.
   *
   * @throws OnvifFault InvalidArgVal/ConfigModify for multicast, or compressed documents
   */
  void set(MetadataConfiguration wanted) {
    require(Values.required(wanted, "Configuration").token);
    boolean multicast =
        wanted.Multicast != null
            && (Boolean.TRUE.equals(wanted.Multicast.AutoStart)
                || wanted.Multicast.Port != null && wanted.Multicast.Port != 0);
    boolean compressed =
        wanted.CompressionType != null && !wanted.CompressionType.equalsIgnoreCase("None");
    if (multicast || compressed) {
      throw OnvifFault.invalid("ConfigModify", "neither multicast nor compression is offered");
    }
    if (wanted.Events == null) {
      stream.exclude();
    } else {
      stream.include(wanted.Events.Filter);
    }
    events.tell(Topic.CONFIGURATION_CHANGED, TOKEN, "Metadata");
  }

  void synchronise() {
    stream.synchronise();
  }
}
