// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;
import java.util.Map;

/** A camera that never crashed. */
final class NoCrashes implements HealthControl {
  @Override
  public boolean safeMode() {
    return false;
  }

  @Override
  public List<Map<String, Object>> crashes() {
    return List.of();
  }

  @Override
  public void startWhole() {
    throw new IllegalStateException("it is whole");
  }
}
