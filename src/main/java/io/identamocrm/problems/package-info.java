/** What a failure means to a person: exit code, message and remedy; IDENT's errors and broken files. */
@NullMarked
package io.identamocrm.problems;

import org.jspecify.annotations.NullMarked;
