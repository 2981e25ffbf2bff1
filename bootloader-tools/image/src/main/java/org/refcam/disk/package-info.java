// SPDX-License-Identifier: Apache-2.0
/**
 * What lies on a card: the GUID partition table, written and read without mounting anything, and
 * FAT file systems, read only.
 *
 * <p>INV-DISK-1. A partition table is taken only if both copies are whole and the same, and no
 * partition or file reaches beyond its place; everything else is refused by the checked exception,
 * within memory that the caller bounds. Holds against whoever writes the card. The table is not
 * signed: what lies in a partition must be verified by itself.
 *
 * <p>Source: UEFI 2.10, chapter 5 (GPT); Microsoft, "FAT: General Overview of On-Disk Format" 1.03.
 */
@NullMarked
package org.refcam.disk;

import org.jspecify.annotations.NullMarked;
