// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as wpa_supplicant 2.10 and 2.11 write them. */
class SupplicantEventTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<3>CTRL-EVENT-CONNECTED - Connection to 02:00:00:00:01:00 completed [id=0 id_str=]|CONNECTED",
        "<3>CTRL-EVENT-SCAN-RESULTS |SCANNED",
        "<3>CTRL-EVENT-SCAN-FAILED ret=-16|SCANNED",
        "<3>CTRL-EVENT-NETWORK-NOT-FOUND |NOT_FOUND",
        "<3>CTRL-EVENT-ASSOC-REJECT bssid=02:00:00:00:01:00 status_code=17|REFUSED",
        "<3>CTRL-EVENT-AUTH-REJECT 02:00:00:00:01:00 auth_type=3 auth_transaction=2 status_code=15|WRONG_KEY",
        "<3>CTRL-EVENT-AUTH-REJECT 02:00:00:00:01:00 auth_type=3 auth_transaction=1 status_code=1|WRONG_KEY",
        "<3>CTRL-EVENT-AUTH-REJECT 02:00:00:00:01:00 auth_type=0 auth_transaction=2 status_code=15|REFUSED",
        "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\"home\" auth_failures=1 duration=10 reason=WRONG_KEY|WRONG_KEY",
        "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\"home\" auth_failures=1 duration=10 reason=CONN_FAILED|OTHER",
        "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\"a reason=WRONG_KEY\" auth_failures=1 duration=10 reason=CONN_FAILED|OTHER",
        "<3>CTRL-EVENT-TERMINATING |ENDING",
        "<3>CTRL-EVENT-REGDOM-CHANGE init=USER type=COUNTRY alpha2=VN|OTHER",
        "CTRL-EVENT-CONNECTED without a level|OTHER",
        "<3>WPS-AP-AVAILABLE |OTHER"
      })
  void message_isUnderstood(String message, SupplicantEvent event) {
    assertThat(SupplicantEvent.parse(message)).isEqualTo(event);
  }
}
