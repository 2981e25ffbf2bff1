// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.wsn.Notifications.EndpointReferenceType;
import org.refcam.onvif.wsn.Notifications.FilterType;
import org.refcam.onvif.wsn.Notifications.NotificationMessageHolderType;
import org.w3c.dom.Element;

/**
 * Pull points and what the service can do. JAXB fills the fields; what a message lacks is null, or
 * an empty list. Names and order are those of the schema.
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

  @XmlRootElement(name = "CreatePullPointSubscription")
  public static class CreatePullPointSubscription {
    public FilterType Filter;
    public String InitialTerminationTime;
  }

  @XmlRootElement(name = "CreatePullPointSubscriptionResponse")
  public static class CreatePullPointSubscriptionResponse {
    public EndpointReferenceType SubscriptionReference;

    @XmlElement(namespace = Namespaces.WSNT)
    public String CurrentTime;

    @XmlElement(namespace = Namespaces.WSNT)
    public String TerminationTime;
  }

  @XmlRootElement(name = "PullMessages")
  public static class PullMessages {
    public String Timeout;
    public Integer MessageLimit;
  }

  @XmlRootElement(name = "PullMessagesResponse")
  public static class PullMessagesResponse {
    public String CurrentTime;
    public String TerminationTime;

    @XmlElement(namespace = Namespaces.WSNT)
    public List<NotificationMessageHolderType> NotificationMessage = new ArrayList<>();
  }

  @XmlRootElement(name = "GetEventProperties")
  public static class GetEventProperties {}

  @XmlRootElement(name = "GetEventPropertiesResponse")
  public static class GetEventPropertiesResponse {
    public List<String> TopicNamespaceLocation = new ArrayList<>();

    @XmlElement(namespace = Namespaces.WSNT)
    public Boolean FixedTopicSet;

    @XmlElement(namespace = Namespaces.WSTOP)
    public TopicSet TopicSet;

    @XmlElement(namespace = Namespaces.WSNT)
    public List<String> TopicExpressionDialect = new ArrayList<>();

    public List<String> MessageContentFilterDialect = new ArrayList<>();
    public List<String> MessageContentSchemaLocation = new ArrayList<>();
  }

  public static class TopicSet {
    @XmlAnyElement public List<Element> any = new ArrayList<>();
  }

  public static class Capabilities {
    @XmlAttribute(name = "WSSubscriptionPolicySupport")
    public Boolean WSSubscriptionPolicySupport;

    @XmlAttribute(name = "WSPausableSubscriptionManagerInterfaceSupport")
    public Boolean WSPausableSubscriptionManagerInterfaceSupport;

    @XmlAttribute(name = "MaxNotificationProducers")
    public Integer MaxNotificationProducers;

    @XmlAttribute(name = "MaxPullPoints")
    public Integer MaxPullPoints;

    @XmlAttribute(name = "PersistentNotificationStorage")
    public Boolean PersistentNotificationStorage;

    @XmlAttribute(name = "EventBrokerProtocols")
    public String EventBrokerProtocols;

    @XmlAttribute(name = "MaxEventBrokers")
    public Integer MaxEventBrokers;

    @XmlAttribute(name = "MetadataOverMQTT")
    public Boolean MetadataOverMQTT;
  }
}
