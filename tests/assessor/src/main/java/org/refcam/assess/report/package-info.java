// SPDX-License-Identifier: Apache-2.0
/** What is handed over: JSON, pages in two languages, paper, signature, comparison, worksheet. */
@NullMarked
package org.refcam.assess.report;

import org.jspecify.annotations.NullMarked;
