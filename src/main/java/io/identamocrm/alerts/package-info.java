/** What operators hear of where a channel is set: which changes of state make an alert, what it says, and how it is sent. */
package io.identamocrm.alerts;
