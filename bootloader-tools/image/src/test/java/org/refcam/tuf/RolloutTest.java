// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutTest {
  @Test
  void rollout_growing_keepsThoseAlreadyInside_andHitsItsShare() {
    int before = 0;
    for (int percent : new int[] {0, 1, 25, 50, 99, 100}) {
      Release release = release("1.0.0", percent);
      long inside =
          IntStream.range(0, 5000).filter(i -> release.isOfferedTo("serial-" + i)).count();
      assertThat((double) inside)
          .isBetween(5000 * (percent - 3) / 100.0, 5000 * (percent + 3) / 100.0);
      assertThat(inside).isGreaterThanOrEqualTo(before);
      before = (int) inside;
    }
    Release quarter = release("1.0.0", 25);
    Release half = release("1.0.0", 50);
    assertThat(
            IntStream.range(0, 5000)
                .filter(i -> quarter.isOfferedTo("serial-" + i))
                .allMatch(i -> half.isOfferedTo("serial-" + i)))
        .isTrue();
    assertThat(release("1.0.0", 100).isOfferedTo("any")).isTrue();
    assertThat(release("1.0.0", 0).isOfferedTo("any")).isFalse();
  }

  @Test
  void release_throughItsTarget_isTheSame_andStrangeCustomIsPassedOver() {
    Release release = release("1.0.0", 40);
    assertThat(Release.find(release.toTarget()).orElseThrow().toTarget())
        .isEqualTo(release.toTarget());
    TargetFile plain = release.target();
    assertThat(Release.find(plain)).isEmpty();
    TargetFile strange =
        new TargetFile(
            plain.path(),
            plain.length(),
            plain.hashes(),
            JsonNodeFactory.instance.objectNode().put("refcam-release", 7));
    assertThat(Release.find(strange)).isEmpty();
  }

  @Test
  void list_oneChannelAndBoard_newestFirst() {
    Release old = release("1.0.0", 100);
    Release fresh =
        new Release(
            TestRepository.target("stable/generic/2.swu", new byte[2]),
            "stable",
            "generic",
            "1.0",
            "2.0.0",
            4,
            100,
            TestRepository.NOW,
            Optional.of("high"),
            Optional.of("A-1"),
            Map.of(),
            Map.of());
    TargetsMetadata targets =
        new TargetsMetadata(
            1,
            TestRepository.LATER,
            Map.of(old.target().path(), old.toTarget(), fresh.target().path(), fresh.toTarget()),
            Map.of(),
            List.of());
    assertThat(Release.list(targets, "stable", "generic"))
        .extracting(Release::version)
        .containsExactly("2.0.0", "1.0.0");
    assertThat(Release.list(targets, "beta", "generic")).isEmpty();
    assertThat(Release.list(targets, "stable", "raspberry-pi-5")).isEmpty();
  }

  private static Release release(String version, int percent) {
    return new Release(
        TestRepository.target("stable/generic/" + version + ".swu", new byte[1]),
        "stable",
        "generic",
        "1.0",
        version,
        3,
        percent,
        TestRepository.EARLIER,
        Optional.empty(),
        Optional.empty(),
        Map.of("sbom", "x.json"),
        Map.of("vi", "Bản vá"));
  }
}
