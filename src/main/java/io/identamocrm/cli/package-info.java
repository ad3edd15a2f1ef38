/** The command line: one class a command, and what they print. */
@NullMarked
package io.identamocrm.cli;

import org.jspecify.annotations.NullMarked;
