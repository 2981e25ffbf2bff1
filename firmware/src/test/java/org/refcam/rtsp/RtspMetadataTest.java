// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metadata track: described, set up beside the pictures or alone, played. */
class RtspMetadataTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String setUp(Rig.Client client, String track, String channels) {
    return client.request(
        "SETUP",
        "/main/metadata/" + track,
        "Transport: RTP/AVP/TCP;unicast;interleaved=" + channels);
  }

  /** Whole documents on a channel; parts are joined up to the marker. */
  private List<String> documents(Rig.Client client, int channel) {
    rig.settle();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    client.received.forEach(all::writeBytes);
    byte[] in = all.toByteArray();
    List<String> documents = new ArrayList<>();
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    int at = 0;
    while (at < in.length && in[at] != '$') { // the answer to PLAY
      at++;
    }
    while (at + 4 <= in.length && in[at] == '$') {
      int length = (in[at + 2] & 0xFF) << 8 | in[at + 3] & 0xFF;
      if (in[at + 1] == channel) {
        document.write(in, at + 16, length - 12);
        if ((in[at + 5] & 0x80) != 0) {
          documents.add(document.toString(StandardCharsets.UTF_8));
          document.reset();
        }
      }
      at += 4 + length;
    }
    return documents;
  }

  @Test
  void describe_onlyThatPathNamesTheTrack() throws Exception {
    try (Rig.Client client = rig.client(false)) {
      assertThat(client.request("DESCRIBE", "/main/metadata"))
          .contains("m=video 0 RTP/AVP 96")
          .contains("m=application 0 RTP/AVP 107")
          .contains("a=rtpmap:107 vnd.onvif.metadata/90000")
          .contains("a=control:trackID=1");
      assertThat(client.request("DESCRIBE", "/main")).doesNotContain("m=application");
    }
  }

  @Test
  void both_inOneSession_statesFirstThenEvents() throws Exception {
    rig.metadata.states(() -> bytes("<states/>"));
    String large = "<event>" + "x".repeat(3_000) + "</event>";
    try (Rig.Client client = rig.client(false)) {
      assertThat(setUp(client, "trackID=0", "0-1")).contains(" 200 ");
      assertThat(setUp(client, "trackID=1", "2-3")).contains(" 200 ").contains("interleaved=2-3");
      rig.metadata.publish(bytes("<too early/>"));
      assertThat(client.request("PLAY", "/main/metadata/")).contains(" 200 ");
      rig.settle();
      rig.metadata.publish(bytes(large));
      assertThat(documents(client, 2)).containsExactly("<states/>", large);
      rig.publish(true);
      rig.settle();
      assertThat(client.received.stream().anyMatch(part -> part[0] == '$' && part[1] == 0))
          .as("pictures too")
          .isTrue();
      client.request("TEARDOWN", "/main/metadata/");
      assertThat(rig.metadata.watched()).isFalse();
    }
  }

  @Test
  void metadataAlone_pausesAndGoesOn() throws Exception {
    try (Rig.Client client = rig.client(false)) {
      assertThat(setUp(client, "trackID=1", "0-1")).contains(" 200 ");
      client.request("PLAY", "/main/metadata/");
      rig.settle();
      rig.metadata.publish(bytes("<a/>"));
      assertThat(documents(client, 0)).containsExactly("<a/>");
      client.request("PAUSE", "/main/metadata/");
      rig.metadata.publish(bytes("<b/>"));
      assertThat(documents(client, 0)).isEmpty();
      client.request("PLAY", "/main/metadata/");
      rig.settle();
      rig.metadata.publish(bytes("<c/>"));
      assertThat(documents(client, 0)).containsExactly("<c/>");
    }
  }

  @Test
  void channelsOfTheOtherTrack_udpAndTwice_areRefused() throws Exception {
    try (Rig.Client client = rig.client(false)) {
      assertThat(setUp(client, "trackID=0", "0-1")).contains(" 200 ");
      assertThat(setUp(client, "trackID=1", "1-2")).contains(" 461 ");
      assertThat(
              client.request(
                  "SETUP",
                  "/main/metadata/trackID=1",
                  "Transport: RTP/AVP;unicast;client_port=5000-5001"))
          .contains(" 461 ");
      assertThat(setUp(client, "trackID=1", "2-3")).contains(" 200 ");
      assertThat(setUp(client, "trackID=1", "4-5")).contains(" 459 ");
    }
  }

  @Test
  void trackOfAnotherDescription_isNotThere() throws Exception {
    try (Rig.Client client = rig.client(false)) {
      assertThat(
              client.request(
                  "SETUP", "/main/trackID=1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"))
          .contains(" 404 ");
    }
  }

  @Test
  void connectionThatIsFull_isLeftOut_andLargeDocumentsAreNotSent() throws Exception {
    try (Rig.Client client = rig.client(false)) {
      setUp(client, "trackID=1", "0-1");
      client.request("PLAY", "/main/metadata/");
      rig.settle();
      client.received.clear();
      client.writable.set(false);
      rig.metadata.publish(bytes("<lost/>"));
      rig.settle();
      client.writable.set(true);
      rig.metadata.publish(new byte[MetadataFeed.DOCUMENT_MAX + 1]);
      rig.metadata.publish(bytes("<kept/>"));
      assertThat(documents(client, 0)).containsExactly("<kept/>");
    }
  }
}
