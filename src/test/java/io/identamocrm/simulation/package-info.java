/**
 * Plays seeds: the real product in one to three processes' worth, beside managers, a registrar and faults, with a random event between any
 * two requests to amoCRM and round trips to Redis, in virtual time; and says whether anything was doubled, undone or lost.
 */
package io.identamocrm.simulation;
