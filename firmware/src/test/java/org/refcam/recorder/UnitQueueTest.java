// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.refcam.media.AccessUnit;

class UnitQueueTest {
  private final UnitQueue queue = new UnitQueue();

  private List<Long> taken(int most) throws InterruptedException {
    List<Long> numbers = new ArrayList<>();
    Optional<UnitQueue.Item> item = queue.take(1);
    while (item.isPresent()) {
      AccessUnit unit = item.get().unit();
      if (unit != null) {
        numbers.add(unit.sequence());
      }
      item.get().task().run();
      item = numbers.size() < most ? queue.take(1) : Optional.empty();
    }
    return numbers;
  }

  @Test
  void full_dropsUntilTheNextIdrThatFindsRoom() throws Exception {
    for (int n = 0; n < UnitQueue.MOST_UNITS + 25; n++) {
      queue.offer(Units.unit(n, 20));
    }
    assertThat(queue.dropped()).isEqualTo(25);
    assertThat(taken(10)).hasSize(10);
    assertThat(queue.offer(Units.unit(625, 20))).isFalse(); // room, but not an IDR
    assertThat(queue.offer(Units.unit(640, 20))).isTrue();
    assertThat(queue.offer(Units.unit(641, 20))).isTrue();
    List<Long> rest = taken(1000);
    assertThat(rest.subList(rest.size() - 2, rest.size())).containsExactly(640L, 641L);
    assertThat(rest).contains(599L).doesNotContain(600L);
  }

  @Test
  void tasks_keepTheirPlace_andAreNeverDropped() throws Exception {
    List<String> order = new ArrayList<>();
    queue.offer(Units.unit(0, 20));
    queue.task(() -> order.add("task"));
    for (int n = 1; n < 1000; n++) {
      queue.offer(Units.unit(n, 20));
    }
    queue.task(() -> order.add("last"));
    assertThat(taken(1)).containsExactly(0L);
    assertThat(order).isEmpty();
    taken(1000);
    assertThat(order).containsExactly("task", "last");
  }
}
