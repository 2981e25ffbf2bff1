// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

/**
 * What an erase certificate says of the device beside its identity.
 *
 * @param model the board's name
 * @param firmware version of the running firmware
 * @param rootOfTrust name of the root's assurance level
 * @param medium what the data directory lies on, as far as the system tells
 * @param swap whether the system has swap space on a medium now
 */
public record EraseFacts(
    String model, String firmware, String rootOfTrust, String medium, boolean swap) {}
