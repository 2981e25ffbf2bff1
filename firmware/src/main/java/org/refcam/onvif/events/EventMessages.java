// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import org.jspecify.annotations.NullUnmarked;

/**
 * Pull points and what the service can do. JAXB fills the fields; what a message lacks is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class EventMessages {
  private EventMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "SetSynchronizationPoint")
  public static class SetSynchronizationPoint {}

  @XmlRootElement(name = "SetSynchronizationPointResponse")
  public static class SetSynchronizationPointResponse {}

  public static class Capabilities {
    @XmlAttribute public Boolean WSSubscriptionPolicySupport;
    @XmlAttribute public Boolean WSPausableSubscriptionManagerInterfaceSupport;
    @XmlAttribute public Integer MaxNotificationProducers;
    @XmlAttribute public Integer MaxPullPoints;
    @XmlAttribute public Boolean PersistentNotificationStorage;
    @XmlAttribute public String EventBrokerProtocols;
    @XmlAttribute public Integer MaxEventBrokers;
    @XmlAttribute public Boolean MetadataOverMQTT;
  }
}
