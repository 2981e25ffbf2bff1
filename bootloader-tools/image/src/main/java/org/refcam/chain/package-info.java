// SPDX-License-Identifier: Apache-2.0
/**
 * A flashed card, checked offline link by link as its own boot would: partition table, signed boot
 * image, the root hash in it, the root file system under that hash. Reads only.
 */
@NullMarked
package org.refcam.chain;

import org.jspecify.annotations.NullMarked;
