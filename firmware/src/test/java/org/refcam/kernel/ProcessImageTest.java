// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProcessImageTest {
  @Test
  void arguments_areSplitAtZeros_emptyOnesKept() {
    byte[] line = "java\0-cp\0\0Main\0tên\0".getBytes(StandardCharsets.UTF_8);
    assertThat(Arrays.stream(ProcessImage.arguments(line)))
        .extracting(argument -> new String(argument, StandardCharsets.UTF_8))
        .containsExactly("java", "-cp", "", "Main", "tên");
  }
}
