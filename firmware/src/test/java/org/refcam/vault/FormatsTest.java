// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The constants that {@code doc/formats.md} states are those of the code. */
class FormatsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)\\.(\\w+)` \\| (\\w+) \\|$");

  @Test
  void constants_inTheDocument_areTheCodes() throws Exception {
    Matcher row = ROW.matcher(Files.readString(Path.of("doc/formats.md")));
    int rows = 0;
    while (row.find()) {
      Field field =
          Class.forName("org.refcam.vault." + row.group(1)).getDeclaredField(row.group(2));
      field.setAccessible(true);
      assertThat(String.valueOf(field.get(null))).as(row.group()).isEqualTo(row.group(3));
      rows++;
    }
    assertThat(rows).isGreaterThan(25);
  }
}
