/** What Redis remembers beside the mirror: cursors, locks, intents, dead letters, history. */
package io.identamocrm.state;
