// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;

/** Searches in {@link SmallRecordings}, as a client sees them. */
@NullUnmarked // made before each test
class SearchTest {
  private static final String KEEP = "<n:KeepAliveTime>PT10S</n:KeepAliveTime>";
  private static final Pattern RESULT =
      Pattern.compile(
          "tt:Time>([^<]+)<.*?(VideoSource/MotionAlarm|RecordingHistory/\\w+/State)<.*?"
              + "tt:Data>.*?Value=\"(\\w+)\".*?StartStateEvent>(\\w+)<",
          Pattern.DOTALL);

  @TempDir Path data;
  private SmallCamera camera;
  private ClientCredential viewer;

  @BeforeEach
  void start() throws Exception {
    camera = new SmallCamera(data);
    viewer = camera.client(Role.VIEWER);
  }

  @AfterEach
  void stop() throws Exception {
    camera.close();
  }

  private Answer ask(String operation, String inner) {
    return camera.post(viewer, Namespaces.TSE, operation, inner);
  }

  private static String token(Answer answer) {
    Matcher token = Pattern.compile("SearchToken>([^<]+)<").matcher(answer.body());
    assertThat(token.find()).as(answer.body()).isTrue();
    return "<n:SearchToken>" + token.group(1) + "</n:SearchToken>";
  }

  private Answer find(String from, String to, String filter, String more) {
    return ask(
        "FindEvents",
        "<n:StartPoint>2026-11-25T"
            + from
            + "Z</n:StartPoint><n:EndPoint>2026-11-25T"
            + to
            + "Z</n:EndPoint><n:Scope><tt:IncludedRecordings>recording-main"
            + "</tt:IncludedRecordings></n:Scope><n:SearchFilter>"
            + filter
            + "</n:SearchFilter>"
            + more
            + KEEP);
  }

  /** Times, topics and states of a search's results, one text each. */
  private List<String> events(String from, String to, String filter, boolean startState) {
    Answer found =
        find(from, to, filter, "<n:IncludeStartState>" + startState + "</n:IncludeStartState>");
    String body = ask("GetEventSearchResults", token(found)).body();
    assertThat(body).contains(">Completed<");
    List<String> events = new ArrayList<>();
    Matcher result = RESULT.matcher(body);
    while (result.find()) {
      String time = result.group(1).replace("2026-11-25T", "").replace("Z", "");
      events.add(
          time
              + " "
              + result.group(2).replaceAll("RecordingHistory/|VideoSource/", "")
              + " "
              + result.group(3)
              + (result.group(4).equals("true") ? " start" : ""));
    }
    return events;
  }

  private static String topic(String expression) {
    return "<w:TopicExpression xmlns:w='"
        + Namespaces.WSNT
        + "' xmlns:t='"
        + Namespaces.TNS1
        + "' Dialect='http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet'>"
        + expression
        + "</w:TopicExpression>";
  }

  @Test
  void events_forwards_areSectionsAndMovement() {
    assertThat(events("06:00:00", "08:00:00", "", false))
        .containsExactly(
            "07:00:00 Recording/State true",
            "07:00:00 Track/State true",
            "07:00:01 MotionAlarm true",
            "07:00:02 MotionAlarm false",
            "07:00:04 Recording/State false",
            "07:00:04 Track/State false",
            "07:10:00 Recording/State true",
            "07:10:00 Track/State true",
            "07:10:04 Recording/State false",
            "07:10:04 Track/State false");
  }

  @Test
  void events_backwardsWithFilter_newestFirst() {
    assertThat(events("07:05:00", "06:00:00", topic("t:RecordingHistory/Track//."), false))
        .containsExactly("07:00:04 Track/State false", "07:00:00 Track/State true");
    assertThat(events("07:05:00", "06:00:00", topic("t:VideoSource/MotionAlarm"), false))
        .containsExactly("07:00:02 MotionAlarm false", "07:00:01 MotionAlarm true");
  }

  @Test
  void events_startState_isHowItStood() {
    assertThat(events("07:00:01.500", "07:00:01.900", "", true))
        .containsExactly(
            "07:00:01.500 Recording/State true start",
            "07:00:01.500 Track/State true start",
            "07:00:01.500 MotionAlarm true start");
    assertThat(events("07:05:00", "07:06:00", "", true))
        .containsExactly(
            "07:05:00 Recording/State false start",
            "07:05:00 Track/State false start",
            "07:05:00 MotionAlarm false start");
  }

  @Test
  void results_comeInParts_andEndSaysHowFar() {
    String token = token(find("06:00:00", "08:00:00", "", "<n:MaxMatches>4</n:MaxMatches>"));
    String two = token + "<n:MaxResults>3</n:MaxResults>";
    assertThat(ask("GetEventSearchResults", two).body()).contains(">Searching<");
    assertThat(ask("GetEventSearchResults", two).body()).contains(">Completed<");
    assertThat(ask("EndSearch", token).body()).contains(">2026-11-25T07:00:02Z<");
    assertThat(ask("EndSearch", token).body()).contains("ter:InvalidToken");
  }

  @Test
  void searches_areBoundedOwnedAndExpire() {
    String first = token(ask("FindRecordings", KEEP));
    for (int i = 1; i < 8; i++) {
      token(ask("FindRecordings", KEEP));
    }
    assertThat(ask("FindRecordings", KEEP).body()).contains("ter:ResourceProblem");
    Answer stranger =
        camera.post(
            camera.client(Role.OPERATOR), Namespaces.TSE, "GetRecordingSearchResults", first);
    assertThat(stranger.body()).contains("ter:InvalidToken");
    assertThat(ask("GetRecordingSearchResults", first).body()).contains("recording-main");
    token(ask("FindRecordings", KEEP)); // the finished one makes room
    camera.clock.pass(Duration.ofSeconds(11));
    for (int i = 0; i < 8; i++) {
      token(ask("FindRecordings", KEEP));
    }
  }

  private String filtered(String filter) {
    Answer found =
        ask(
            "FindRecordings",
            "<n:Scope><tt:RecordingInformationFilter>"
                + filter.replace("&", "&amp;").replace("<", "&lt;")
                + "</tt:RecordingInformationFilter></n:Scope>"
                + KEEP);
    if (found.status() != 200) {
      return found.body();
    }
    String body = ask("GetRecordingSearchResults", token(found)).body();
    return (body.contains("recording-main") ? "main " : "")
        + (body.contains("recording-sub") ? "sub" : "");
  }

  @Test
  void recordingFilter_ofTheDialect_isUnderstood() {
    assertThat(filtered("boolean(//Track[TrackType = \"Video\"])")).isEqualTo("main sub");
    assertThat(filtered("boolean(//Track[TrackType = \"Audio\"])")).isEmpty();
    assertThat(filtered("contains(//Content, \"ma\")")).isEqualTo("main ");
    assertThat(filtered("not(contains(//Content, 'ma')) and boolean(//Source[Name = 'Gate'])"))
        .isEqualTo("sub");
    assertThat(
            filtered(
                "(boolean(//Track[DataFrom < \"2026-11-25T07:30:00Z\"])"
                    + " or boolean(//Source[Location = \"x\"]))"))
        .isEqualTo("main ");
  }

  @Test
  void recordingFilter_ofAnythingElse_isRefused() {
    for (String bad :
        List.of(
            "//*",
            "boolean(//Track[TrackType = \"Video\"]",
            "boolean(count(//*) > 1)",
            "document('file:///etc/passwd')",
            "(".repeat(40) + "boolean(//Track[TrackType = \"Video\"])" + ")".repeat(40),
            "contains(//Content, \"" + "a".repeat(2000) + "\")",
            "boolean(//Track[TrackType = \"Video\"]) boolean(//Track[TrackType = \"Video\"])")) {
      assertThat(filtered(bad)).as(bad).contains("ter:InvalidFilterFault");
    }
  }

  @Test
  void unknownTokens_areRefused() {
    assertThat(ask("GetRecordingInformation", "<n:RecordingToken>x</n:RecordingToken>").body())
        .contains("ter:InvalidToken");
    assertThat(find("x", "08:00:00", "", "").body()).contains("ter:InvalidArgs");
    assertThat(find("06:00:00", "08:00:00", topic("t:*"), "").body())
        .contains("ter:InvalidFilterFault");
    camera.recordings.broken = true;
    assertThat(find("06:00:00", "08:00:00", "", "").body()).contains("ter:Action");
    assertThat(ask("GetRecordingSummary", "").status()).isEqualTo(200);
  }
}
