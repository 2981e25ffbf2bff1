// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.wsn.Notifications.Renew;
import org.refcam.onvif.wsn.Notifications.RenewResponse;
import org.refcam.onvif.wsn.Notifications.Unsubscribe;
import org.refcam.onvif.wsn.Notifications.UnsubscribeResponse;

/** Managing a subscription (WS-BaseNotification, section 6). Safe from any thread. */
@WebService(targetNamespace = Namespaces.WSNT)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class SubscriptionService {
  private final EventHub hub;

  public SubscriptionService(Rooms rooms) {
    hub = rooms.parts().events();
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
