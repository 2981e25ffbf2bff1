// SPDX-License-Identifier: Apache-2.0
/**
 * dm-verity: the hash tree behind a root file system, written and verified with one block of memory
 * per level, in the form of {@code veritysetup format}.
 *
 * <p>Source: docs.kernel.org, "dm-verity" (Theory of operation, On-disk format); cryptsetup's wiki,
 * "DMVerity" (superblock).
 */
@NullMarked
package org.refcam.verity;

import org.jspecify.annotations.NullMarked;
