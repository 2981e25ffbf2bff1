// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.List;

/**
 * What the camera tells of, with ONVIF's names (topicns.xml). All are properties with a boolean
 * state, which a new subscriber is told at once.
 */
public enum Topic {
  MOTION("VideoSource/MotionAlarm", "Source", "State");

  private final List<String> path;
  private final String source;
  private final String data;

  Topic(String path, String source, String data) {
    this.path = List.of(path.split("/"));
    this.source = source;
    this.data = data;
  }

  /** Names from the root of tns1. */
  List<String> path() {
    return path;
  }

  public String expression() {
    return "tns1:" + String.join("/", path);
  }

  /** Name of the item that says which part of the camera it is about. */
  String source() {
    return source;
  }

  /** Name of the item that holds the state. */
  String data() {
    return data;
  }
}
