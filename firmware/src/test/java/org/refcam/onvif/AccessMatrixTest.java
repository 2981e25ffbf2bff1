// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;
import org.refcam.onvif.advancedsecurity.AdvancedSecurityService;
import org.refcam.onvif.analytics.AnalyticsService;
import org.refcam.onvif.device.DeviceService;
import org.refcam.onvif.deviceio.DeviceIoService;
import org.refcam.onvif.events.EventService;
import org.refcam.onvif.events.SubscriptionService;
import org.refcam.onvif.imaging.ImagingService;
import org.refcam.onvif.media.MediaService;
import org.refcam.onvif.media2.Media2Service;
import org.refcam.onvif.recording.RecordingService;
import org.refcam.onvif.replay.ReplayService;
import org.refcam.onvif.search.SearchService;

class AccessMatrixTest {
  private static final Map<String, Class<?>> SERVICES =
      Map.ofEntries(
          Map.entry(Namespaces.TDS, DeviceService.class),
          Map.entry(Namespaces.TRT, MediaService.class),
          Map.entry(Namespaces.TR2, Media2Service.class),
          Map.entry(Namespaces.TEV, EventService.class),
          Map.entry(Namespaces.WSNT, SubscriptionService.class),
          Map.entry(Namespaces.TIMG, ImagingService.class),
          Map.entry(Namespaces.TRC, RecordingService.class),
          Map.entry(Namespaces.TSE, SearchService.class),
          Map.entry(Namespaces.TRP, ReplayService.class),
          Map.entry(Namespaces.TAS, AdvancedSecurityService.class),
          Map.entry(Namespaces.TMD, DeviceIoService.class),
          Map.entry(Namespaces.TAN, AnalyticsService.class));

  @TempDir Path data;

  @Test
  void table_isTheServices() {
    Set<QName> operations = new LinkedHashSet<>();
    SERVICES.forEach(
        (namespace, service) ->
            operations(service).forEach(name -> operations.add(new QName(namespace, name))));
    assertThat(OperationTable.all().keySet()).isEqualTo(operations);
  }

  static Stream<String> operations(Class<?> service) {
    return Arrays.stream(service.getDeclaredMethods())
        .map(Method::getName)
        .filter(name -> Character.isUpperCase(name.charAt(0)));
  }

  /** Which of the four levels each class admits, written out once more by hand. */
  private static boolean expected(AccessClass accessClass, Optional<Role> role) {
    int level = role.map(r -> Role.values().length - r.ordinal()).orElse(0); // 3 is administrator
    return switch (accessClass) {
      case PRE_AUTH -> true;
      case READ_SYSTEM, READ_MEDIA -> level >= 1;
      case READ_SYSTEM_SENSITIVE, ACTUATE -> level >= 2;
      case READ_SYSTEM_SECRET, WRITE_SYSTEM, UNRECOVERABLE -> level >= 3;
    };
  }

  @Test
  @DisplayName("INV-ONVIF-3 every operation with every level, over HTTP, as the table has it")
  void everyOperation_everyLevel() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      for (Map.Entry<QName, AccessClass> one : OperationTable.all().entrySet()) {
        QName name = one.getKey();
        assertCell(
            one, Optional.empty(), camera.post(name.getNamespaceURI(), name.getLocalPart(), ""));
        for (Role role : Role.values()) {
          assertCell(
              one,
              Optional.of(role),
              camera.post(camera.client(role), name.getNamespaceURI(), name.getLocalPart(), ""));
        }
      }
    }
  }

  private static void assertCell(
      Map.Entry<QName, AccessClass> operation, Optional<Role> role, Answer answer) {
    String cell = operation + " " + role + " " + answer;
    if (expected(operation.getValue(), role)) {
      assertThat(answer.status()).as(cell).isNotIn(401, 403, 404, 405, 429);
      assertThat(answer.body())
          .as(cell)
          .doesNotContain("NotAuthorized")
          .doesNotContain("made an error");
    } else {
      assertThat(answer.status()).as(cell).isEqualTo(role.isEmpty() ? 401 : 403);
      assertThat(answer.body()).as(cell).contains("ter:NotAuthorized");
      assertThat(answer.challenges()).as(cell).hasSize(role.isEmpty() ? 2 : 0);
    }
  }

  @Test
  void beforeSetUp_onlyFourAnswer() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      camera.ready = false;
      for (QName name : OperationTable.all().keySet()) {
        Answer answer = camera.post(name.getNamespaceURI(), name.getLocalPart(), "");
        boolean open = OperationTable.BEFORE_SET_UP.contains(name);
        assertThat(answer.status()).as(name + " " + answer).isEqualTo(open ? 200 : 403);
      }
    }
  }

  @Test
  void unknownOperation_forClientsOnlyNotSupported() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      assertThat(camera.post(Namespaces.TDS, "Explode", "").status()).isEqualTo(401);
      Answer answer = camera.post(camera.client(Role.VIEWER), Namespaces.TDS, "Explode", "");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("ter:ActionNotSupported");
    }
  }

  @Test
  void action_doesNotChooseTheOperation() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      // what the body asks for is what is decided and what is called, whatever the path says
      Answer answer =
          camera.send(
              "/onvif/media_service",
              SmallCamera.envelope("", Namespaces.TDS, "GetHostname", ""),
              Optional.empty());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("GetHostnameResponse");
    }
  }
}
