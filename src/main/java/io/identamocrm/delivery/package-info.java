/** What is written to amoCRM: batches, intents before them, what the answers mean, and what is found again after a lost one. */
@NullMarked
package io.identamocrm.delivery;

import org.jspecify.annotations.NullMarked;
