// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

/**
 * One key of the hierarchy, for who has to show it; never the key itself. Immutable.
 *
 * @param name of the key
 * @param algorithm what it is made by or used with
 * @param bits of the secret
 * @param parent the key or root that it comes from
 * @param place where it rests: {@code root}, {@code slot} or {@code derived} (nowhere)
 * @param level what its place promises
 * @param survivesErase whether an erase of the device keeps it
 */
public record KeyFacts(
    String name,
    String algorithm,
    int bits,
    String parent,
    String place,
    AssuranceLevel level,
    boolean survivesErase) {}
