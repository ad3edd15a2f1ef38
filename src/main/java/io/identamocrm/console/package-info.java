/** The console's answers: what commands and the management bean know, as JSON for the page and for those who script it. */
@NullMarked
package io.identamocrm.console;

import org.jspecify.annotations.NullMarked;
