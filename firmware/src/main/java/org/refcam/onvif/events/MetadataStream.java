// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.wsn.Notifications.FilterType;

/**
 * The events of the camera as documents of a metadata stream (tt:MetadataStream), and what of them
 * clients have chosen. There is one configuration; a choice lives until the camera stops. Documents
 * are written by hand, since a binding framework would be loaded for nothing else. Guarded by its
 * monitor; callers' code runs outside it.
 */
public final class MetadataStream {
  /** What a client has chosen. */
  private record Choice(@Nullable FilterType filter, EventChoice wanted) {}

  private final EventHub hub;
  private @Nullable Choice choice = new Choice(null, EventChoice.ALL);
  private Executor later = Runnable::run;
  private BooleanSupplier watched = () -> false;
  private Consumer<byte[]> sink = document -> {};

  MetadataStream(EventHub hub) {
    this.hub = hub;
  }

  /**
   * Names where documents go.
   *
   * @param later runs what takes a while; events must not wait
   * @param watched whether anybody is sent documents
   */
  public synchronized void connect(Executor later, BooleanSupplier watched, Consumer<byte[]> sink) {
    this.later = later;
    this.watched = watched;
    this.sink = sink;
  }

  /** Whether events are in the stream. */
  public synchronized boolean events() {
    return choice != null;
  }

  /** The filter as the client gave it; null for all events. */
  public synchronized @Nullable FilterType filter() {
    Choice now = choice;
    return now == null ? null : now.filter();
  }

  /** Puts events that a filter wants into the stream; null for all. */
  public void include(@Nullable FilterType filter) {
    choose(new Choice(filter, EventChoice.of(filter)));
  }

  /** Leaves events out of the stream. */
  public void exclude() {
    choose(null);
  }

  private synchronized void choose(@Nullable Choice changed) {
    choice = changed;
  }

  /** How everything stands that is chosen, as one document; empty if nothing is. */
  public byte[] states() {
    return document(hub.states());
  }

  /** Tells all states once more. */
  public void synchronise() {
    run(() -> send(states()));
  }

  void tell(Event event) {
    run(() -> send(document(List.of(event))));
  }

  private void run(Runnable work) {
    Executor executor;
    BooleanSupplier asked;
    synchronized (this) {
      executor = later;
      asked = watched;
    }
    if (asked.getAsBoolean()) {
      executor.execute(work);
    }
  }

  private void send(byte[] document) {
    Consumer<byte[]> to;
    synchronized (this) {
      to = sink;
    }
    if (document.length > 0) {
      to.accept(document);
    }
  }

  private byte[] document(List<Event> events) {
    Choice now;
    synchronized (this) {
      now = choice;
    }
    List<Event> chosen = new ArrayList<>();
    if (now != null) {
      events.stream().filter(now.wanted()::wants).forEach(chosen::add);
    }
    return chosen.isEmpty() ? new byte[0] : write(chosen).getBytes(StandardCharsets.UTF_8);
  }

  private static String write(List<Event> events) {
    StringBuilder out = new StringBuilder("<tt:MetadataStream");
    declare(out, "tt", Namespaces.TT);
    declare(out, "wsnt", Namespaces.WSNT);
    declare(out, "tns1", Namespaces.TNS1);
    declare(out, "refcam", Namespaces.OWN);
    out.append("><tt:Event>");
    events.forEach(event -> write(out, event));
    return out.append("</tt:Event></tt:MetadataStream>").toString();
  }

  private static void declare(StringBuilder out, String prefix, String namespace) {
    out.append(" xmlns:").append(prefix).append("=\"").append(namespace).append('"');
  }

  private static void write(StringBuilder out, Event event) {
    Topic topic = event.topic();
    out.append("<wsnt:NotificationMessage><wsnt:Topic Dialect=\"").append(EventText.CONCRETE_SET);
    out.append("\">").append(topic.expression()).append("</wsnt:Topic><wsnt:Message>");
    out.append("<tt:Message UtcTime=\"").append(Terms.text(event.at())).append('"');
    if (topic.data().isPresent()) {
      String operation = event.initial() ? "Initialized" : "Changed";
      out.append(" PropertyOperation=\"").append(operation).append('"');
    }
    out.append("><tt:Source>");
    for (int i = 0; i < topic.source().size(); i++) {
      item(out, topic.source().get(i).name(), event.source().get(i));
    }
    out.append("</tt:Source>");
    topic
        .data()
        .ifPresent(
            data -> {
              out.append("<tt:Data>");
              item(out, data.name(), event.state());
              out.append("</tt:Data>");
            });
    out.append("</tt:Message></wsnt:Message></wsnt:NotificationMessage>");
  }

  private static void item(StringBuilder out, String name, String value) {
    String safe = value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    out.append("<tt:SimpleItem Name=\"").append(name).append("\" Value=\"").append(safe);
    out.append("\"/>");
  }
}
