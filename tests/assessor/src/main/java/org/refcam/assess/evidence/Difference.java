// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

/**
 * A place where the running camera is not as its evidence says.
 *
 * @param group of the scan: ports, tls, calls, factory or egress
 * @param what is different
 * @param declared by the evidence
 * @param seen by the scan
 */
public record Difference(String group, String what, String declared, String seen) {
  @Override
  public String toString() {
    return group + ": " + what + ": declared " + declared + ", seen " + seen;
  }
}
