// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the documents say about the log is what the code does. */
class AuditDocumentTest {
  private final String formats = read("doc/formats.md");
  private final String audit = read("doc/audit.md");

  @Test
  void formats_haveTheConstants() {
    assertThat(formats)
        .contains(
            "| " + SegmentFile.MAGIC + "  | " + SegmentFile.VERSION + " |",
            "header, " + SegmentFile.HEADER_BYTES + " bytes",
            "n at most " + AuditRecord.MOST_BYTES,
            "| " + AuditHead.MAGIC + "  | " + AuditHead.VERSION + " |",
            Checkpoint.TITLE,
            "`export` (" + AuditExport.VERSION + ")",
            "next at " + AuditLog.room(ChainName.CHANGES).segmentBytes() + " bytes",
            "`changes` keeps " + AuditLog.room(ChainName.CHANGES).segments() + " files",
            "`access` " + AuditLog.room(ChainName.ACCESS).segments() + ".");
    for (ChainName chain : ChainName.values()) {
      assertThat(formats).contains(chain.code() + " " + chain.word());
    }
  }

  @Test
  void bounds_areThoseOfTheCode() {
    assertThat(audit)
        .contains(
            "after " + AuditLog.CHECKPOINT_EVERY + " records",
            "after " + AuditLog.CHECKPOINT_AFTER.toMinutes() + " minutes",
            "the first "
                + FloodGate.SINGLES
                + " in "
                + FloodGate.WINDOW_MILLIS / 60_000
                + " minutes",
            "at most " + FloodGate.HOURLY + " an hour",
            "up to " + SyslogForwarder.QUEUE + " records",
            "facility " + SyslogMessage.FACILITY,
            SyslogMessage.DATA_ID);
  }

  @Test
  void neverOptional_isWhatTheDocumentLists() {
    int from = audit.indexOf("Never optional");
    String listed = audit.substring(from, audit.indexOf("Everything else", from));
    Arrays.stream(EventType.values())
        .forEach(
            type ->
                assertThat(listed.contains("`" + type.word() + "`"))
                    .as(type.word())
                    .isEqualTo(!type.optional()));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).replaceAll("\\s*\n(?![|\n#-])", " ");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
