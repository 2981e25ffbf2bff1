// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A log as JSON lines that anyone can check without the camera and its keys: a first line about the
 * export, then the lines of each chain, byte for byte as they were chained.
 *
 * <pre>
 *   {"export":1,"serial":...,"time":...,"certificate":BASE64 DER,"changes":{"first":1,"before":HEX},"access":{...}}
 *   {"chain":"changes","sequence":1,...}
 * </pre>
 *
 * <p>{@code before} is the chain's hash before its first line here. Stateless.
 */
final class AuditExport {
  static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditExport() {}

  static byte[] write(AuditStore store, String serial, byte[] certificate, Instant now)
      throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    AuditStore.Found found =
        store.walk(
            (record, line) -> {
              lines.writeBytes(line);
              lines.write('\n');
            });
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("export", VERSION);
    first.put("serial", serial);
    first.put("time", now.toString());
    first.put("certificate", Base64.getEncoder().encodeToString(certificate));
    for (ChainName name : ChainName.values()) {
      Optional<SegmentFile.Header> oldest = found.chain(name).oldest();
      first.put(
          name.word(),
          Map.of(
              "first", oldest.map(SegmentFile.Header::firstSequence).orElse(1L),
              "before", oldest.map(SegmentFile.Header::before).orElse(ChainHash.START).hex()));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(JSON.writeValueAsBytes(first));
    all.write('\n');
    lines.writeTo(all);
    return all.toByteArray();
  }
}
