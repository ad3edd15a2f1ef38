/** The settings of a start: read, checked as a whole, explained. */
package io.identamocrm.settings;
