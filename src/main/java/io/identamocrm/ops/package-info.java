/** Observability: health, metrics, statistics, the MBean and the port that shows them. Changes nothing in a run. */
@NullMarked
package io.identamocrm.ops;

import org.jspecify.annotations.NullMarked;
