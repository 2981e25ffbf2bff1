// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.xml.namespace.QName;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.NotifyCarrier;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.Values;
import org.refcam.onvif.wsn.Notifications.ConsumerReferenceType;
import org.refcam.onvif.wsn.Notifications.EndpointReferenceType;
import org.refcam.onvif.wsn.Notifications.Renew;
import org.refcam.onvif.wsn.Notifications.RenewResponse;
import org.refcam.onvif.wsn.Notifications.Subscribe;
import org.refcam.onvif.wsn.Notifications.SubscribeResponse;
import org.refcam.onvif.wsn.Notifications.Unsubscribe;
import org.refcam.onvif.wsn.Notifications.UnsubscribeResponse;
import org.w3c.dom.Element;

/**
 * Making a subscription that is pushed, and managing any (WS-BaseNotification, 4 and 6). Safe from
 * any thread.
 *
 * <p>INV-ONVIF-7. A notification leaves the camera only over TLS, to a destination that the owner
 * allowed for events; whatever address a client names, to no other. Against a client that would aim
 * the camera at somebody else. Does not bound what the allowed recorder does with it.
 */
@WebService(targetNamespace = Namespaces.WSNT)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class SubscriptionService {
  private static final int HTTPS = 443;

  private final EventHub hub;
  private final NotifyCarrier carrier;
  private final Semaphore places = new Semaphore(Pusher.MOST);

  public SubscriptionService(Rooms rooms) {
    hub = rooms.parts().events();
    carrier = rooms.parts().carrier();
  }

  /**
   * Events are sent to the client's own address, if the owner allowed that.
   *
   * @throws OnvifFault SubscribeCreationFailedFault if it is not https, not allowed, or there are
   *     too many
   */
  public SubscribeResponse Subscribe(Subscribe request) {
    ConsumerReferenceType reference =
        Values.required(request.ConsumerReference, "ConsumerReference");
    URI consumer = consumer(reference);
    EventChoice filter = EventChoice.of(request.Filter);
    Duration life = Terms.life(request.InitialTerminationTime, hub.now());
    try {
      carrier.require(consumer);
    } catch (IOException e) {
      OnvifFault fault = failed("the owner has not allowed this destination for events");
      fault.initCause(e);
      throw fault;
    }
    if (!places.tryAcquire()) {
      throw failed("there are too many subscriptions that are pushed");
    }
    Optional<PullPoint> made = hub.subscribe(filter, Terms.client(), life);
    if (made.isEmpty()) {
      places.release();
      throw failed("there are too many subscriptions");
    }
    PullPoint point = made.get();
    new Pusher(hub, point, consumer, carrier, places).start();
    SubscribeResponse response = new SubscribeResponse();
    response.SubscriptionReference = new EndpointReferenceType();
    response.SubscriptionReference.address = Terms.address(point);
    response.CurrentTime = Terms.text(hub.now());
    response.TerminationTime = Terms.text(point.termination());
    return response;
  }

  private static URI consumer(ConsumerReferenceType reference) {
    for (Element one : reference.any) {
      if (Namespaces.WSA.equals(one.getNamespaceURI()) && "Address".equals(one.getLocalName())) {
        try {
          URI address = new URI(one.getTextContent().strip());
          if ("https".equalsIgnoreCase(address.getScheme())
              && address.getHost() != null
              && address.getUserInfo() == null
              && address.getPort() != 0) {
            int port = address.getPort() < 0 ? HTTPS : address.getPort();
            String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            return new URI("https", null, address.getHost(), port, path, address.getQuery(), null);
          }
        } catch (URISyntaxException e) {
          throw failed("the consumer's address is none");
        }
      }
    }
    throw failed("the consumer's address is an https address");
  }

  private static OnvifFault failed(String text) {
    return OnvifFault.of(
        Code.INVALID_ARG_VAL,
        new QName(Namespaces.WSNT, "SubscribeCreationFailedFault", "wsnt"),
        text);
  }

  public RenewResponse Renew(Renew request) {
    PullPoint point = Terms.require(hub);
    point.termination(hub.now().plus(Terms.life(request.TerminationTime, hub.now())));
    RenewResponse response = new RenewResponse();
    response.TerminationTime = Terms.text(point.termination());
    response.CurrentTime = Terms.text(hub.now());
    return response;
  }

  public UnsubscribeResponse Unsubscribe(Unsubscribe request) {
    hub.remove(Terms.require(hub));
    return new UnsubscribeResponse();
  }
}
