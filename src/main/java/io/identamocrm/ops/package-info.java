/** Observability: health, metrics, statistics, the MBean and the port that shows them. Changes nothing in a run. */
package io.identamocrm.ops;
