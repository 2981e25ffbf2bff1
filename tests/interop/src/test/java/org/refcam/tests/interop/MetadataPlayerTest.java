// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * GStreamer reads the track of events beside the pictures. It does not know what is in it: it
 * writes the packets, and here they are documents again.
 */
final class MetadataPlayerTest {
  private static final String TT = "http://www.onvif.org/ver10/schema";
  private static final String WSNT = "http://docs.oasis-open.org/wsn/b-2";
  private static final String END = "</tt:MetadataStream>";
  private static final int FRAME_BYTES = 2; // RFC 4571, 2
  private static final int RTP_BYTES = 12;
  private static final int MARKER = 0x80;

  /** Long enough for a player to begin, and for the moving scene to move. */
  private static final String SECONDS = "20";

  private static CameraProcess camera;
  private static Rest.Credentials client;

  @TempDir Path work;

  @BeforeAll
  static void start() throws IOException {
    camera = CameraProcess.start(List.of("--source", "test"));
    Rest owner = camera.setUp();
    ObjectNode recording = (ObjectNode) owner.get("recordings/settings").json();
    recording.put("motionDetection", true);
    assertThat(owner.put("recordings/settings", recording).status()).isBetween(200, 204);
    client = owner.createClient("player", "viewer");
  }

  @AfterAll
  static void stop() {
    camera.close();
  }

  @Test
  void gstreamer_writesPackets_whoseDocumentsTellOfMovement() throws Exception {
    Path written = work.resolve("events.rtp");
    play(
        "gst-launch-1.0",
        "-q",
        "rtspsrc",
        "name=camera",
        "location=rtsps://127.0.0.1:" + camera.rtspsPort() + "/main/metadata",
        "user-id=" + client.username(),
        "user-pw=" + client.password(),
        "tls-validation-flags=0",
        "protocols=tcp",
        "camera.",
        "!",
        "application/x-rtp,media=application,encoding-name=VND.ONVIF.METADATA",
        "!",
        "rtpstreampay",
        "!",
        "filesink",
        "location=" + written,
        "buffer-mode=unbuffered");
    assertMovement(documents(payloads(Files.readAllBytes(written))));
  }

  /** Lets a player run for a while, and ends it as a person would. */
  private static void play(String... command) throws IOException {
    List<String> bounded = new ArrayList<>(List.of("timeout", "-s", "INT", SECONDS));
    bounded.addAll(List.of(command));
    Tool.Result result = Tool.run(Duration.ofSeconds(40), bounded);
    assertThat(result.exit()).as("still running: " + result.err()).isEqualTo(124);
  }

  /** RTP packets, each after its length, joined up to the marker. */
  private static String payloads(byte[] framed) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(framed);
    boolean complete = true;
    while (in.remaining() >= FRAME_BYTES) {
      byte[] packet = new byte[in.getShort() & 0xFFFF];
      in.get(packet);
      complete = (packet[1] & MARKER) != 0;
      joined.write(packet, RTP_BYTES, packet.length - RTP_BYTES);
    }
    assertThat(complete).as("the last packet ends a document").isTrue();
    return joined.toString(StandardCharsets.UTF_8);
  }

  private static List<Document> documents(String joined) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    List<Document> documents = new ArrayList<>();
    for (String text : joined.split("(?<=" + END + ")", -1)) {
      if (!text.isBlank()) {
        documents.add(
            factory
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
      }
    }
    assertThat(documents).isNotEmpty();
    for (Document document : documents) {
      assertThat(document.getDocumentElement().getNamespaceURI()).isEqualTo(TT);
      assertThat(document.getDocumentElement().getLocalName()).isEqualTo("MetadataStream");
    }
    return documents;
  }

  private static void assertMovement(List<Document> documents) {
    assertThat(documents).anyMatch(MetadataPlayerTest::tellsOfMovement);
  }

  private static boolean tellsOfMovement(Document document) {
    NodeList notifications = document.getElementsByTagNameNS(WSNT, "NotificationMessage");
    for (int i = 0; i < notifications.getLength(); i++) {
      Element one = (Element) notifications.item(i);
      String topic = one.getElementsByTagNameNS(WSNT, "Topic").item(0).getTextContent();
      NodeList items = one.getElementsByTagNameNS(TT, "SimpleItem");
      for (int j = 0; j < items.getLength(); j++) {
        Element item = (Element) items.item(j);
        if (topic.strip().equals("tns1:VideoSource/MotionAlarm")
            && item.getAttribute("Name").equals("State")
            && item.getAttribute("Value").equals("true")) {
          return true;
        }
      }
    }
    return false;
  }
}
