// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.refcam.update.UpdateRecord;
import org.refcam.update.UpdateService;

/** What {@code GET update} tells; openapi.json names the same fields. */
final class UpdateStatus {
  private UpdateStatus() {}

  static Map<String, Object> json(UpdateService.Status status, boolean administrator) {
    UpdateRecord record = status.record();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", status.settings().version());
    fields.put("channel", status.settings().channel());
    fields.put("activity", CameraUpdates.word(status.activity()));
    fields.put("phase", CameraUpdates.word(record.phase()));
    fields.put("bytes", status.bytes());
    fields.put("restartable", status.restartable());
    record.candidate().ifPresent(candidate -> fields.put("update", candidate(candidate)));
    Map<String, String> times = new TreeMap<>();
    record.times().forEach((step, at) -> times.put(CameraUpdates.word(step), at.toString()));
    fields.put("times", times);
    record.lastCheck().ifPresent(at -> fields.put("lastCheck", at.toString()));
    record.postponedUntil().ifPresent(at -> fields.put("postponedUntil", at.toString()));
    if (administrator) {
      fields.put("repository", status.settings().repository().map(URI::toString).orElse(""));
      record.lastProblem().ifPresent(reason -> fields.put("problem", CameraUpdates.word(reason)));
      fields.put("failed", failed(record));
    }
    return fields;
  }

  private static Map<String, Object> candidate(UpdateRecord.Candidate candidate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", candidate.version());
    fields.put("securityVersion", candidate.securityVersion());
    fields.put("length", candidate.length());
    candidate.severity().ifPresent(text -> fields.put("severity", text));
    candidate.advisory().ifPresent(text -> fields.put("advisory", text));
    fields.put("notes", candidate.notes());
    return fields;
  }

  private static List<Map<String, String>> failed(UpdateRecord record) {
    List<Map<String, String>> list = new ArrayList<>();
    for (UpdateRecord.Failed one : record.failed()) {
      list.add(Map.of("version", one.version(), "why", one.why(), "when", one.when().toString()));
    }
    return list;
  }
}
