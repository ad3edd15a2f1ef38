/** What a failure means to a person: exit code, message and remedy; IDENT's errors and broken files. */
package io.identamocrm.problems;
