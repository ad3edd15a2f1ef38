/** The settings of a start: read, checked as a whole, explained. */
@NullMarked
package io.identamocrm.settings;

import org.jspecify.annotations.NullMarked;
