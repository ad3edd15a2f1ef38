/** The life of a run: locks, cursor, selection, chunks, tally, report. */
@NullMarked
package io.identamocrm.sync;

import org.jspecify.annotations.NullMarked;
