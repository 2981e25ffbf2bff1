// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import org.refcam.assess.catalogue.Text;

/**
 * What was done in a run and how it ended.
 *
 * @param right whether it proves what it was done for
 * @param words what was seen, or what is missing
 * @param file evidence, relative to the dossier
 */
public record Done(boolean right, Text words, String file) {}
