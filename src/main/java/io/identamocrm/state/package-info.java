/** What Redis remembers beside the mirror: cursors, locks, intents, dead letters, history. */
@NullMarked
package io.identamocrm.state;

import org.jspecify.annotations.NullMarked;
