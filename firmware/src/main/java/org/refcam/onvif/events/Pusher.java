// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.xml.namespace.QName;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.NotifyCarrier;
import org.refcam.onvif.XmlElements;
import org.refcam.onvif.wsn.Notifications.Notify;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one subscription's events to the recorder that asked for that (WS-BaseNotification, 3.2),
 * on a thread of its own, until the subscription is over or {@value #MOST_FAILURES} messages in a
 * row did not arrive. An event that did not arrive is not sent again: what counts is the next
 * state.
 */
final class Pusher implements Runnable {
  /** Most pushers together. */
  static final int MOST = 4;

  static final int MOST_FAILURES = 3;
  private static final int MOST_MESSAGES = 64;
  private static final long LOOK_MILLIS = 1_000;
  private static final Logger log = LoggerFactory.getLogger(Pusher.class);

  private final EventHub hub;
  private final PullPoint point;
  private final URI consumer;
  private final NotifyCarrier carrier;
  private final Semaphore places;

  /**
   * @param places one of which was taken for this pusher
   */
  Pusher(EventHub hub, PullPoint point, URI consumer, NotifyCarrier carrier, Semaphore places) {
    this.hub = hub;
    this.point = point;
    this.consumer = consumer;
    this.carrier = carrier;
    this.places = places;
  }

  void start() {
    DaemonThread.of(this, "onvif-push").start();
  }

  @Override
  public void run() {
    int failures = 0;
    try {
      while (failures < MOST_FAILURES && hub.find(point.id(), point.owner()).isPresent()) {
        List<Event> events = point.pull(LOOK_MILLIS, MOST_MESSAGES);
        if (!events.isEmpty()) {
          failures = sent(events) ? 0 : failures + 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hub.remove(point);
      places.release();
    }
  }

  private boolean sent(List<Event> events) {
    try {
      int status = carrier.post(consumer, message(events));
      if (status >= 200 && status < 300) {
        return true;
      }
      log.info("a recorder answers notifications with {}", status);
    } catch (IOException e) {
      log.info("a recorder takes no notifications: {}", e.getMessage());
    }
    return false;
  }

  static byte[] message(List<Event> events) {
    Notify notify = new Notify();
    events.forEach(event -> notify.NotificationMessage.add(EventText.describe(event)));
    StringWriter text = new StringWriter();
    try {
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(
          new DOMSource(XmlElements.of(new QName(Namespaces.WSNT, "Notify", "wsnt"), notify)),
          new StreamResult(text));
    } catch (TransformerException e) {
      throw new AssertionError("our own message can be written", e);
    }
    String envelope =
        "<s:Envelope xmlns:s=\"%s\"><s:Body>%s</s:Body></s:Envelope>"
            .formatted(Namespaces.SOAP, text);
    return envelope.getBytes(StandardCharsets.UTF_8);
  }
}
