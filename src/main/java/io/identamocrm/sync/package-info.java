/** The life of a run: locks, cursor, selection, chunks, tally, report. */
package io.identamocrm.sync;
