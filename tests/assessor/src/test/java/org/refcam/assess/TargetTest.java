// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static InetAddress at(String address) throws Exception {
    return InetAddress.getByName(address);
  }

  @Test
  void otherFamily_isTheFirstOfTheOther_andTheRestIsNamed() throws Exception {
    Target both = new Target(List.of(at("192.0.2.1"), at("192.0.2.2"), at("2001:db8::1")), 443);
    assertThat(both.otherFamily()).contains(at("2001:db8::1"));
    assertThat(both.notLookedAt(both.otherFamily())).contains("192.0.2.2");
  }

  @Test
  void otherFamily_oneFamilyOnly_isEmpty() throws Exception {
    Target one = Target.parse("https://[2001:db8::1]:8443/");
    assertThat(one.otherFamily()).isEmpty();
    assertThat(one.notLookedAt(Optional.empty())).isEmpty();
  }
}
