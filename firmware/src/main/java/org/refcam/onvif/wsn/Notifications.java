// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.wsn;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.schema.EventTypes.Message;
import org.w3c.dom.Element;

/**
 * Subscriptions and notifications. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Notifications {
  private Notifications() {}

  public static class FilterType {
    @XmlAnyElement public List<Element> any = new ArrayList<>();
  }

  /** Its Address is held as an element, because CXF wants to fetch a schema of that namespace. */
  public static class EndpointReferenceType {
    @XmlAnyElement public Element address;
  }

  public static class TopicExpressionType {
    @XmlAttribute(name = "Dialect")
    public String Dialect;

    @XmlValue public String value;
  }

  public static class NotificationMessageHolderType {
    public TopicExpressionType Topic;
    public NotificationMessage Message;
  }

  public static class NotificationMessage {
    @XmlElement(namespace = Namespaces.TT)
    public Message Message;
  }

  /** An address that a client gives, with whatever else it says. */
  public static class ConsumerReferenceType {
    @XmlAnyElement public List<Element> any = new ArrayList<>();
  }

  @XmlRootElement(name = "Subscribe")
  public static class Subscribe {
    public ConsumerReferenceType ConsumerReference;
    public FilterType Filter;
    public String InitialTerminationTime;
  }

  @XmlRootElement(name = "SubscribeResponse")
  public static class SubscribeResponse {
    public EndpointReferenceType SubscriptionReference;
    public String CurrentTime;
    public String TerminationTime;
  }

  @XmlRootElement(name = "Notify")
  public static class Notify {
    public List<NotificationMessageHolderType> NotificationMessage = new ArrayList<>();
  }

  @XmlRootElement(name = "Renew")
  public static class Renew {
    public String TerminationTime;
  }

  @XmlRootElement(name = "RenewResponse")
  public static class RenewResponse {
    public String TerminationTime;
    public String CurrentTime;
  }

  @XmlRootElement(name = "Unsubscribe")
  public static class Unsubscribe {}

  @XmlRootElement(name = "UnsubscribeResponse")
  public static class UnsubscribeResponse {}
}
