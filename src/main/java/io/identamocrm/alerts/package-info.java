/** What operators hear of where a channel is set: which changes of state make an alert, what it says, and how it is sent. */
@NullMarked
package io.identamocrm.alerts;

import org.jspecify.annotations.NullMarked;
