// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.List;
import javax.xml.namespace.QName;

/** Every ONVIF operation that is answered, for who has to list them. */
public final class OnvifCalls {
  private OnvifCalls() {}

  /** How many operations the table has. */
  public static int count() {
    return OperationTable.all().size();
  }

  /** What answers before the camera has an owner. */
  public static List<String> beforeSetUp() {
    return OperationTable.BEFORE_SET_UP.stream().map(QName::getLocalPart).sorted().toList();
  }

  /** What answers without proof once there is one. */
  public static List<String> withoutProof() {
    return OperationTable.all().entrySet().stream()
        .filter(entry -> entry.getValue() == AccessClass.PRE_AUTH)
        .map(entry -> entry.getKey().getLocalPart())
        .sorted()
        .distinct()
        .toList();
  }
}
