/** The command line: one class a command, and what they print. */
package io.identamocrm.cli;
