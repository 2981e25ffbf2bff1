// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.time.Instant;

/**
 * One change of a property. Immutable.
 *
 * @param source which part of the camera, such as a source's token
 * @param state as XML Schema writes it
 * @param initial whether it tells a new subscriber what has been so for a while
 */
public record Event(Topic topic, String source, String state, Instant at, boolean initial) {}
