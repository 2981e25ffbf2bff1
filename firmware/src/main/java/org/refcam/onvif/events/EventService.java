// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.Values;
import org.refcam.onvif.events.EventMessages.Capabilities;
import org.refcam.onvif.events.EventMessages.CreatePullPointSubscription;
import org.refcam.onvif.events.EventMessages.CreatePullPointSubscriptionResponse;
import org.refcam.onvif.events.EventMessages.GetEventProperties;
import org.refcam.onvif.events.EventMessages.GetEventPropertiesResponse;
import org.refcam.onvif.events.EventMessages.GetServiceCapabilities;
import org.refcam.onvif.events.EventMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.events.EventMessages.PullMessages;
import org.refcam.onvif.events.EventMessages.PullMessagesResponse;
import org.refcam.onvif.events.EventMessages.SetSynchronizationPoint;
import org.refcam.onvif.events.EventMessages.SetSynchronizationPointResponse;
import org.refcam.onvif.events.EventMessages.TopicSet;
import org.refcam.onvif.wsn.Notifications.EndpointReferenceType;

/** The event service (event.wsdl) with real-time pull points. Safe from any thread. */
@WebService(targetNamespace = Namespaces.TEV)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class EventService {
  private static final Duration LONGEST_PULL = Duration.ofSeconds(60);
  private static final int MOST_MESSAGES = 64;

  private final EventHub hub;

  public EventService(Rooms rooms) {
    hub = rooms.parts().events();
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.WSSubscriptionPolicySupport = false;
    made.WSPausableSubscriptionManagerInterfaceSupport = false;
    made.MaxNotificationProducers = Pusher.MOST;
    made.MaxPullPoints = EventHub.MOST_SUBSCRIPTIONS;
    made.PersistentNotificationStorage = false;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetEventPropertiesResponse GetEventProperties(GetEventProperties request) {
    GetEventPropertiesResponse response = new GetEventPropertiesResponse();
    response.TopicNamespaceLocation.add("http://www.onvif.org/onvif/ver10/topics/topicns.xml");
    response.FixedTopicSet = true;
    response.TopicSet = new TopicSet();
    response.TopicSet.any.addAll(TopicTree.elements());
    response.TopicExpressionDialect.add(EventText.CONCRETE_SET);
    response.TopicExpressionDialect.add(
        "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete");
    response.MessageContentFilterDialect.add(EventChoice.ITEM_FILTER);
    response.MessageContentSchemaLocation.add("http://www.onvif.org/onvif/ver10/schema/onvif.xsd");
    return response;
  }

  public CreatePullPointSubscriptionResponse CreatePullPointSubscription(
      CreatePullPointSubscription request) {
    EventChoice filter = EventChoice.of(request.Filter);
    Duration life = Terms.life(request.InitialTerminationTime, hub.now());
    PullPoint point =
        hub.subscribe(filter, Terms.client(), life)
            .orElseThrow(
                () -> OnvifFault.of(Code.OUT_OF_MEMORY, "there are too many subscriptions"));
    CreatePullPointSubscriptionResponse response = new CreatePullPointSubscriptionResponse();
    response.SubscriptionReference = new EndpointReferenceType();
    response.SubscriptionReference.address = Terms.address(point);
    response.CurrentTime = Terms.text(hub.now());
    response.TerminationTime = Terms.text(point.termination());
    return response;
  }

  public PullMessagesResponse PullMessages(PullMessages request) {
    PullPoint point = Terms.require(hub);
    int limit =
        Math.max(1, Math.min(MOST_MESSAGES, Values.required(request.MessageLimit, "Limit")));
    List<Event> events = hub.pull(point, timeout(request), limit);
    PullMessagesResponse response = new PullMessagesResponse();
    response.CurrentTime = Terms.text(hub.now());
    response.TerminationTime = Terms.text(point.termination());
    events.forEach(event -> response.NotificationMessage.add(EventText.describe(event)));
    return response;
  }

  public SetSynchronizationPointResponse SetSynchronizationPoint(SetSynchronizationPoint request) {
    hub.synchronise(Terms.require(hub));
    return new SetSynchronizationPointResponse();
  }

  private static Duration timeout(PullMessages request) {
    try {
      Duration wanted = Duration.parse(Values.required(request.Timeout, "Timeout").strip());
      return wanted.isNegative()
          ? Duration.ZERO
          : wanted.compareTo(LONGEST_PULL) > 0 ? LONGEST_PULL : wanted;
    } catch (DateTimeException | ArithmeticException e) {
      OnvifFault fault = OnvifFault.of(Code.INVALID_ARGS, "Timeout is no duration");
      fault.initCause(e);
      throw fault;
    }
  }
}
